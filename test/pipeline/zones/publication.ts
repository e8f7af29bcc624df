/** What the tests of the workspace publish: tables that are texts. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import type { Place } from '../../../pipeline/storage/place.ts';
import { Workspace } from '../../../pipeline/zones/workspace.ts';
import type { Publication } from '../../../pipeline/zones/publish.ts';
import type { WorkspaceOptions } from '../../../pipeline/zones/workspace.ts';
import { readPointer } from '../../../pipeline/zones/zones-pointer.ts';

/** The same number of rows for each table. */
export function rowsOf(rows: number): Publication['tables'] {
  return Object.fromEntries(
    ZONE_TABLES.map((table) => [table, { rows }]),
  ) as unknown as Publication['tables'];
}

/** Writes a text as each table into a workspace. */
export async function fill(workspace: Workspace, text: string): Promise<void> {
  for (const table of ZONE_TABLES) {
    await writeFile(workspace.tablePath(table), `${text} ${table}`);
  }
}

/** What a workspace that was filled publishes. */
export const PUBLICATION: Publication = { policy: 'strict', tables: rowsOf(1) };

/** Opens a workspace and fills it; the caller publishes and disposes. Storage is not asked twice. */
export async function openFilled(place: Place, text: string): Promise<Workspace> {
  const workspace = await Workspace.open(place, { patience: { attempts: 1 } });
  await fill(workspace, text);
  return workspace;
}

/** What one run publishes in the tests. */
export interface TextRun {
  /** What stands in each table, before the table's name. */
  readonly text: string;
  /** What stands in the quarantine of customers; none if absent. */
  readonly quarantine?: string;
  readonly landing?: Publication['landing'];
}

/** One run: opens, writes, publishes, disposes. */
export async function runTexts(
  out: Place,
  { text, quarantine, landing }: TextRun,
  options?: WorkspaceOptions,
): Promise<void> {
  const workspace = await Workspace.open(out, options);
  try {
    await fill(workspace, text);
    if (quarantine !== undefined) {
      const path = join(workspace.quarantineFolder, 'customer_landing/quarantine.ndjson');
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, quarantine);
    }
    await workspace.publish({ policy: 'strict', tables: rowsOf(1), landing });
  } finally {
    await workspace.dispose();
  }
}

/** What a reader who follows the pointer of a folder finds: the texts of all tables. */
export async function publishedTexts(out: string): Promise<string[]> {
  const pointer = readPointer(await readFile(join(out, '_zones.json')));
  if (pointer === undefined) return [];
  return Promise.all(
    ZONE_TABLES.map((table) => readFile(join(out, pointer.tables[table].file), 'utf8')),
  );
}

/** What {@link publishedTexts} finds of a run. */
export function textsOf(text: string): string[] {
  return ZONE_TABLES.map((table) => `${text} ${table}`);
}
