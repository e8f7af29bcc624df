/** Loads landing files into an engine and tells what arrived and what was set aside. */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LandingTableName } from '../../../pipeline/core/catalog.ts';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import type { SqlRow } from '../../../pipeline/engine/duckdb.ts';
import { findFolderObjects } from '../../../pipeline/landing/folder-objects.ts';
import type { LandingObject } from '../../../pipeline/landing/landing-object.ts';
import { loadTable } from '../../../pipeline/landing/load-table.ts';
import { Quarantine } from '../../../pipeline/landing/quarantine.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';

/** One good accelerometer record as text. */
export const LINE = '{"user":"a@x","timestamp":1655553600000,"x":1.0,"y":0,"z":-1}';

export interface Loaded {
  readonly rows: readonly SqlRow[];
  readonly quarantine: Quarantine;
  readonly kept: readonly Record<string, unknown>[];
}

/** Loads files, given by their names in the folder of the table. */
export async function load(
  table: LandingTableName,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Loaded> {
  return withTempFolder(async (folder) => {
    const paths = Object.entries(files).map(([name, content]) => [`${table}/${name}`, content]);
    await writeFiles(folder, Object.fromEntries(paths) as Record<string, string>);
    return loadObjects(folder, table, await findFolderObjects(folder));
  });
}

/** Loads objects, with scratch folders in `folder`. */
export async function loadObjects(
  folder: string,
  table: LandingTableName,
  objects: readonly LandingObject[],
): Promise<Loaded> {
  const cleanFolder = join(folder, 'clean');
  await mkdir(cleanFolder, { recursive: true });
  const quarantine = new Quarantine(join(folder, 'quarantine'), table);
  const engine = await Engine.open({ threads: 2 });
  try {
    await loadTable({ engine, table, objects, quarantine, cleanFolder, signal: undefined });
    await quarantine.close();
    const path = join(folder, 'quarantine', table, 'quarantine.ndjson');
    const kept = existsSync(path) ? (await readFile(path, 'utf8')).trimEnd().split('\n') : [];
    return {
      // Sorted here, because sorting in the engine turns −0 into 0.
      rows: (await engine.query(`SELECT * FROM ${table}`)).sort(byText),
      quarantine,
      kept: kept.map((line) => JSON.parse(line) as Record<string, unknown>),
    };
  } finally {
    engine.close();
  }
}

function byText(left: SqlRow, right: SqlRow): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}
