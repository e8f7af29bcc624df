/** Writes what docs/protocol.md takes from the rules and the codec into it: `npm run docs:protocol`. */
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { levelsTable, ruleSections, rulesIndex, variationsTable } from './protocol-rules.ts';
import {
  budgetTable,
  commandsTable,
  crcTable,
  deviceLinesTable,
  errorsTable,
  limitsTable,
} from './protocol-tables.ts';

const SECTIONS: Readonly<Record<string, () => string>> = {
  'device-lines': deviceLinesTable,
  commands: commandsTable,
  crc: crcTable,
  budget: budgetTable,
  limits: limitsTable,
  errors: errorsTable,
  levels: levelsTable,
  variations: variationsTable,
  'rules-index': rulesIndex,
  rules: ruleSections,
};

/** Where the specification is. */
export const PROTOCOL_PAGE: URL = new URL('../../docs/protocol.md', import.meta.url);

/** A section between its markers, with whatever stands there now. */
function between(name: string): RegExp {
  return new RegExp(`(<!-- begin ${name} -->)[^]*?(<!-- end ${name} -->)`);
}

/** The names of the sections that `page` has no place for. */
export function missingSections(page: string): readonly string[] {
  return Object.keys(SECTIONS).filter((name) => !between(name).test(page));
}

/** The page with its sections as the rules and the codec have them now, formatted like all pages. */
export async function renderProtocol(page: string): Promise<string> {
  let text = page;
  for (const [name, write] of Object.entries(SECTIONS)) {
    // A function, so that a `$` of the section is not taken for a reference.
    text = text.replace(
      between(name),
      (_, begin: string, end: string) => `${begin}\n\n${write()}\n\n${end}`,
    );
  }
  return format(text, { ...(await resolveConfig(PROTOCOL_PAGE)), parser: 'markdown' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(PROTOCOL_PAGE, await renderProtocol(await readFile(PROTOCOL_PAGE, 'utf8')));
}
