/** The texts of SQL that the package brings along, with the settings filled in that they name. */
import { readFile } from 'node:fs/promises';
import { ATTRIBUTION_SETTINGS } from '../core/attribution-settings.ts';
import { AUDIT_SETTINGS } from '../core/audit-settings.ts';
import { SIGNAL_SETTINGS } from '../core/signal-settings.ts';
import { PipelineError } from '../pipeline-error.ts';

const SETTINGS: Readonly<Record<string, number>> = {
  ...ATTRIBUTION_SETTINGS,
  ...AUDIT_SETTINGS,
  ...SIGNAL_SETTINGS,
};

/** Another text for the one at a path, to try out what that changes: the settings in it are still to be filled in. */
export type SqlEdit = (path: string, sql: string) => string;

/** One text by its path below pipeline/sql, without the ending. @throws PipelineError ENGINE_FAILED when it is not there */
export async function loadSqlText(path: string, edit?: SqlEdit): Promise<string> {
  const text = await readSqlText(path);
  return fillSettings(edit === undefined ? text : edit(path, text));
}

/** Texts that were read: many runs in one process read them once. */
const texts = new Map<string, string>();

async function readSqlText(path: string): Promise<string> {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const url = new URL(`../sql/${path}.sql`, import.meta.url);
  try {
    const text = await readFile(url, 'utf8');
    texts.set(path, text);
    return text;
  } catch (cause) {
    throw new PipelineError(
      'ENGINE_FAILED',
      `The model ${path}.sql is missing from this installation. Install the package again, or run the build.`,
      { cause },
    );
  }
}

/** Puts values where a text names settings as `:name`; a name that is no setting stays. */
function fillSettings(sql: string): string {
  return sql.replace(/:([a-z]\w*)/g, (text, name: string) => SETTINGS[name]?.toString() ?? text);
}
