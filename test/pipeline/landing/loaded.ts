/** Loads landing files into an engine and tells what arrived and what was set aside. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LandingTableName } from '../../../pipeline/core/catalog.ts';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import type { SqlRow } from '../../../pipeline/engine/duckdb.ts';
import { folderSource } from '../../../pipeline/landing/folder-source.ts';
import { LandingSink } from '../../../pipeline/landing/landing-sink.ts';
import type { StatementRunner } from '../../../pipeline/landing/landing-sink.ts';
import { loadTable } from '../../../pipeline/landing/load-table.ts';
import type { ObjectAccount } from '../../../pipeline/landing/object-batch.ts';
import { Quarantine } from '../../../pipeline/landing/quarantine.ts';
import { makeFolders } from '../../../pipeline/make-folders.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';

/** One good accelerometer record as text. */
export const LINE = '{"user":"a@x","timestamp":1655553600000,"x":1.0,"y":0,"z":-1}';

export interface Loaded {
  readonly rows: readonly SqlRow[];
  readonly accounts: readonly ObjectAccount[];
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
    return loadFolder(folder, table);
  });
}

/** Loads what is below a landing folder; scratch files and the quarantine go below it too. */
export async function loadFolder(folder: string, table: LandingTableName): Promise<Loaded> {
  const engine = await Engine.open({ threads: 2 });
  try {
    const { accounts, quarantine } = await loadWith(engine, folder, table);
    const path = join(folder, 'quarantine', table, 'quarantine.ndjson');
    const kept = existsSync(path) ? (await readFile(path, 'utf8')).trimEnd().split('\n') : [];
    return {
      // Sorted here, because sorting in the engine turns −0 into 0.
      rows: (await engine.query(`SELECT * FROM ${table}`)).sort(byText),
      accounts,
      quarantine,
      kept: kept.map((line) => JSON.parse(line) as Record<string, unknown>),
    };
  } finally {
    engine.close();
  }
}

/** Loads one table of a landing folder with whatever stands for the engine. */
export async function loadWith(
  engine: StatementRunner,
  folder: string,
  table: LandingTableName,
): Promise<{ readonly accounts: readonly ObjectAccount[]; readonly quarantine: Quarantine }> {
  const scratch = join(folder, 'scratch');
  makeFolders(scratch);
  const quarantine = new Quarantine(join(folder, 'quarantine'), table);
  const source = folderSource(folder);
  const sink = new LandingSink(engine, table, false);
  await sink.create();
  const accounts = await loadTable({
    sink,
    source,
    objects: (await source.list()).filter((object) => object.table === table),
    known: new Map(),
    nextNumber: 0,
    quarantine,
    scratch,
    signal: undefined,
    onObject: undefined,
  });
  await quarantine.close();
  return { accounts, quarantine };
}

function byText(left: SqlRow, right: SqlRow): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}
