import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TABLES } from '../core/catalog.ts';
import type { ZoneTableName } from '../core/catalog.ts';
import { Engine, quotePath } from '../engine/duckdb.ts';
import { PipelineError } from '../pipeline-error.ts';
import { unwritable } from '../storage/folder-failure.ts';
import { openStorage } from '../storage/open-storage.ts';
import { describePlace } from '../storage/place.ts';
import type { Place } from '../storage/place.ts';
import type { Storage, StoredObject } from '../storage/storage.ts';
import { findPointer } from './published-output.ts';

/** One row of a zone table by column name; epoch ms and other whole numbers are JavaScript numbers. */
export type ZoneRow = Readonly<Record<string, string | number | null>>;

/** A run that publishes meanwhile may remove the file that was named before. */
const TRIES = 5;

/**
 * All rows of a zone table that a run published in `out`, a place or the path of a folder, in the order of the table's
 * columns.
 * @throws PipelineError ZONE_NOT_FOUND when there is no such table, ENGINE_FAILED when it cannot be read, OUTPUT_NOT_OURS, and
 * those of the storage
 */
export async function readZone(out: Place | string, table: ZoneTableName): Promise<ZoneRow[]> {
  return (await readZones(out, [table]))[table];
}

/**
 * The rows of several tables, each as {@link readZone} gives them. One engine reads them all: its start takes longer than
 * reading a small table.
 * @throws PipelineError with the codes of {@link readZone}
 */
export async function readZones<Table extends ZoneTableName>(
  out: Place | string,
  tables: readonly Table[],
): Promise<Record<Table, ZoneRow[]>> {
  const place: Place = typeof out === 'string' ? { kind: 'folder', path: out } : out;
  const storage = openStorage(place);
  try {
    const engine = await Engine.open({ threads: 1 });
    try {
      const zones: Partial<Record<Table, ZoneRow[]>> = {};
      for (const table of tables) zones[table] = await readFrom({ place, storage, table, engine });
      return zones as Record<Table, ZoneRow[]>;
    } finally {
      engine.close();
    }
  } finally {
    storage.close();
  }
}

/** Which rows of a table are read: by their numbers in it, from 0. */
export type ZonePart =
  { readonly from: number; readonly count: number } | { readonly numbers: readonly number[] };

/**
 * A part of a zone table, in the order of the numbers of its rows, which stay the same until another run publishes.
 * Numbers that the table does not have are passed over.
 * @throws PipelineError with the codes of {@link readZone}
 */
export async function readZonePart(
  out: Place | string,
  table: ZoneTableName,
  part: ZonePart,
): Promise<ZoneRow[]> {
  const place: Place = typeof out === 'string' ? { kind: 'folder', path: out } : out;
  const storage = openStorage(place);
  try {
    const engine = await Engine.open({ threads: 1 });
    try {
      return await readFrom({ place, storage, table, engine, part });
    } finally {
      engine.close();
    }
  } finally {
    storage.close();
  }
}

interface Source {
  readonly place: Place;
  readonly storage: Storage;
  readonly table: ZoneTableName;
  readonly engine: Engine;
  /** All rows if not given. */
  readonly part?: ZonePart;
}

async function readFrom(source: Source): Promise<ZoneRow[]> {
  const { place, storage, table } = source;
  for (let tries = 1, before: string | undefined; ; tries++) {
    const file = (await findPointer(place, storage)).pointer?.tables[table].file;
    // A file that is not there is worth another look only when a newer pointer may name another one.
    if (file === undefined || file === before || tries > TRIES) throw notFound(source, file);
    const [object] = await storage.list(file);
    if (object !== undefined) {
      try {
        return await readObject(source, object);
      } catch (error) {
        const isStill = (await findPointer(place, storage)).pointer?.tables[table].file === file;
        if (isStill) throw error;
      }
    }
    before = file;
  }
}

async function readObject(source: Source, object: StoredObject): Promise<ZoneRow[]> {
  const { place, storage } = source;
  if (place.kind === 'folder') return readParquet(source, await storage.fetch(object, place.path));
  const folder = await mkdtemp(join(tmpdir(), 'stedi-zone-')).catch((cause: unknown) => {
    throw unwritable(tmpdir(), cause);
  });
  try {
    return await readParquet(source, await storage.fetch(object, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readParquet({ engine, table, part }: Source, path: string): Promise<ZoneRow[]> {
  try {
    return (await engine.query(selectRows(path, part))) as ZoneRow[];
  } catch (cause) {
    throw new PipelineError(
      'ENGINE_FAILED',
      `${path} cannot be read as ${TABLES[table].grain}. Run the pipeline again to replace it.`,
      { cause },
    );
  }
}

function selectRows(path: string, part: ZonePart | undefined): string {
  if (part === undefined) return `SELECT * FROM read_parquet(${quotePath(path)})`;
  const number = 'file_row_number';
  const isMeant =
    'numbers' in part
      ? `${number} IN (${['NULL', ...part.numbers].join(', ')})`
      : `${number} >= ${part.from} AND ${number} < ${part.from + part.count}`;
  return `SELECT * EXCLUDE (${number}) FROM read_parquet(${quotePath(path)}, ${number} = true) WHERE ${isMeant} ORDER BY ${number}`;
}

function notFound({ place, table }: Source, file: string | undefined): PipelineError {
  const at = describePlace(place);
  const what =
    file === undefined
      ? `There is no ${table} in ${at}`
      : `${at} names ${file}, which is not there`;
  return new PipelineError('ZONE_NOT_FOUND', `${what}. Run the pipeline with this output first.`);
}
