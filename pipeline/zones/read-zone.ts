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
  const place: Place = typeof out === 'string' ? { kind: 'folder', path: out } : out;
  const storage = openStorage(place);
  try {
    return await readFrom({ place, storage, table });
  } finally {
    storage.close();
  }
}

interface Source {
  readonly place: Place;
  readonly storage: Storage;
  readonly table: ZoneTableName;
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

async function readObject(
  { place, storage, table }: Source,
  object: StoredObject,
): Promise<ZoneRow[]> {
  if (place.kind === 'folder') return readParquet(await storage.fetch(object, place.path), table);
  const folder = await mkdtemp(join(tmpdir(), 'stedi-zone-')).catch((cause: unknown) => {
    throw unwritable(tmpdir(), cause);
  });
  try {
    return await readParquet(await storage.fetch(object, folder), table);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readParquet(path: string, table: ZoneTableName): Promise<ZoneRow[]> {
  const engine = await Engine.open({ threads: 1 });
  try {
    return (await engine.query(`SELECT * FROM read_parquet(${quotePath(path)})`)) as ZoneRow[];
  } catch (cause) {
    throw new PipelineError(
      'ENGINE_FAILED',
      `${path} cannot be read as ${TABLES[table].grain}. Run the pipeline again to replace it.`,
      { cause },
    );
  } finally {
    engine.close();
  }
}

function notFound({ place, table }: Source, file: string | undefined): PipelineError {
  const at = describePlace(place);
  const what =
    file === undefined
      ? `There is no ${table} in ${at}`
      : `${at} names ${file}, which is not there`;
  return new PipelineError('ZONE_NOT_FOUND', `${what}. Run the pipeline with this output first.`);
}
