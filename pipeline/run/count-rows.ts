/** How many rows a landing zone holds, as exactly as can be known without reading it. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { quotePath } from '../engine/duckdb.ts';
import type { Engine } from '../engine/duckdb.ts';
import { inParallel } from '../storage/in-parallel.ts';
import { estimateRows, rowsOfLines } from './engine-room.ts';
import type { FoundObject } from './engine-room.ts';

const FILES_AT_ONCE = 16;
/** So many Parquet objects are asked for their rows in one statement. */
const FOOTERS_AT_ONCE = 500;
const GZIP_MAGIC = 0x8b1f;
/** What the end of a gzip file counts modulo, in bytes. */
const GZIP_WRAPS = 2 ** 32;
const GZIP_BYTES_MIN = 18;
/** How many times as long lines usually are unpacked. */
const USUAL_RATIO = 12;
/** Larger objects that would be less than so many times as long unpacked are several gzip files in one, of which the end counts the last. */
const RATIO_MIN = 3;
const LARGE_BYTES = 1_000_000;

/** A landing object as it is, by its own first and last bytes. */
type Looked =
  | { readonly kind: 'parquet'; readonly object: FoundObject }
  | { readonly kind: 'lines'; readonly rows: number };

/**
 * The rows of the objects of a landing folder: those of Parquet are counted in its footers; those of lines estimated by
 * their length, which packed ones tell at their end. What cannot be read is estimated by its size and name.
 */
export async function countFolderRows(
  engine: Engine,
  folder: string,
  objects: readonly FoundObject[],
): Promise<number> {
  const looked = await inParallel(objects, FILES_AT_ONCE, (object) => look(folder, object));
  let rows = 0;
  const parquet: FoundObject[] = [];
  for (const each of looked) {
    if (each.kind === 'lines') rows += each.rows;
    else parquet.push(each.object);
  }
  for (let from = 0; from < parquet.length; from += FOOTERS_AT_ONCE) {
    rows += await parquetRows(engine, folder, parquet.slice(from, from + FOOTERS_AT_ONCE));
  }
  return rows;
}

/** The length of a gzip file unpacked, in bytes, by its last four bytes, which wrap at 4 GiB, and its own length. */
export function unpackedBytes(lastFour: number, packed: number): number {
  const usual = packed * USUAL_RATIO;
  const wraps = Math.max(Math.round((usual - lastFour) / GZIP_WRAPS), 0);
  const unpacked = lastFour + wraps * GZIP_WRAPS;
  return packed > LARGE_BYTES && unpacked < packed * RATIO_MIN ? usual : unpacked;
}

async function look(folder: string, object: FoundObject): Promise<Looked> {
  const { name, bytes } = object;
  if (/\.parquet$/i.test(name)) return { kind: 'parquet', object };
  try {
    const file = await open(join(folder, name));
    try {
      const ends = Buffer.alloc(8);
      await file.read(ends, 0, 4, 0);
      await file.read(ends, 4, 4, Math.max(bytes - 4, 0));
      if (ends.toString('latin1', 0, 4) === 'PAR1') return { kind: 'parquet', object };
      const isGzip = ends.readUInt16LE(0) === GZIP_MAGIC && bytes >= GZIP_BYTES_MIN;
      const lines = isGzip ? unpackedBytes(ends.readUInt32LE(4), bytes) : bytes;
      return { kind: 'lines', rows: rowsOfLines(lines) };
    } finally {
      await file.close();
    }
  } catch {
    // Whoever reads it tells what is wrong with it.
    return { kind: 'lines', rows: estimateRows([object]) };
  }
}

async function parquetRows(
  engine: Engine,
  folder: string,
  objects: readonly FoundObject[],
): Promise<number> {
  const files = objects.map(({ name }) => quotePath(join(folder, name))).join(', ');
  try {
    const [row] = await engine.query(
      `SELECT SUM(num_rows) AS row_count FROM parquet_file_metadata([${files}])`,
    );
    return Number(row?.['row_count']);
  } catch {
    // One of them is damaged, and its reader tells so.
    return estimateRows(objects);
  }
}
