/** Writes docs/catalogue.md, what each scenario finds that no other does: `npx tsx tools/catalogue-page/write-catalogue.ts`. */
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import {
  distinguish,
  killersIn,
  loadCatalogue,
  loadFingerprints,
  MUTANTS,
} from '../../scenarios/index.ts';
import type { Distinction } from '../../scenarios/index.ts';

/** Where the page is. */
export const CATALOGUE_PAGE: URL = new URL('../../docs/catalogue.md', import.meta.url);

const INTRODUCTION = `# What each scenario of the catalogue has alone

Written by \`npx tsx tools/catalogue-page/write-catalogue.ts\` from the scenario files and the fingerprints of
[mutants](mutants.md); nothing here is claimed by hand, and a test fails when the page is stale or a scenario has nothing.

- **Mutants**: wrong pipelines that no other scenario kills.
- **Setting**: kinds of faults and of dirt, and settings of world and devices, that no other scenario has. Numbers count by
  their class: there or not; serial pools, households and the skew of phones (ms) by their size; the number of people only
  when it is none, one, or ten thousand.
- **Asked**: oracles and occurrences that no other scenario expects.
- **Together**: where there is nothing of the above, a setting under oracles that are asked nowhere else where it is so.

Scenarios that mutants are not tried in (more than 300 people, sampled walks, live) cannot have any alone.
`;

/** The page as scenarios and fingerprints have it now, formatted like all pages. */
export async function renderCatalogue(): Promise<string> {
  const scenarios = await loadCatalogue({ large: true });
  const rows = distinguish(scenarios, killersIn(loadFingerprints(), MUTANTS)).map(rowOf);
  const head = ['scenario', 'what it has alone'];
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const text = `${INTRODUCTION}\n${table.join('\n')}\n`;
  return format(text, { ...(await resolveConfig(CATALOGUE_PAGE)), parser: 'markdown' });
}

function rowOf({ file, kills, traits, asks, pairs }: Distinction): string[] {
  const together = pairs.map(({ trait, oracles }) => `${code([trait])} under ${code(oracles)}`);
  const told = [
    tell('Mutants', kills.join(', ')),
    tell('Setting', code(traits)),
    tell('Asked', code(asks)),
    tell('Together', together.join('; ')),
  ];
  return [code([file]), told.filter((part) => part !== '').join('. ')];
}

function tell(what: string, words: string): string {
  return words === '' ? '' : `${what}: ${words}`;
}

function code(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(CATALOGUE_PAGE, await renderCatalogue());
}
