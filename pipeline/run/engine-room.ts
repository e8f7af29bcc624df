/** Where the engine keeps the tables of a run, and how much disk that takes. */
import { totalmem } from 'node:os';

/** What is known of a landing object before it is read. */
export interface FoundObject {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Bytes of one row in a landing object: as Parquet, as compressed lines, as lines. The first two are less than the 3.0 and
 * 7.1 of generated zones, so that what goes by them is not too small.
 */
const ROW_BYTES = { parquet: 3, gzip: 6, lines: 90 } as const;
/** What the tables of a run take in memory, in bytes for each landing row. */
const MEMORY_BYTES_PER_ROW = 140;
/** What the tables, what the engine spills, and the zones take on disk at most, in bytes for each landing row. */
const DISK_BYTES_PER_ROW = 110;
/** Of these, what the zones take, which are copied to the disk of the output when that is another one. */
const ZONE_BYTES_PER_ROW = 10;
/** Of the memory, the share that the tables may have without being in the way of the work. */
const MEMORY_SHARE_MAX = 0.4;

/** At most about how many rows some objects hold, by their sizes and the kinds that their names tell. */
export function estimateRows(objects: readonly FoundObject[]): number {
  return objects.reduce((sum, { name, bytes }) => sum + bytes / rowBytesOf(name), 0);
}

/** About how many rows lines of so many bytes are. */
export function rowsOfLines(bytes: number): number {
  return bytes / ROW_BYTES.lines;
}

/** Bytes of disk that the tables of a run need; 0 where they find room in memory. `memoryBytes` is what the engine may use. */
export function diskBytesFor(rows: number, memoryBytes: number = totalmem() / 2): number {
  const inMemory = rows * MEMORY_BYTES_PER_ROW;
  return inMemory <= memoryBytes * MEMORY_SHARE_MAX ? 0 : Math.ceil(rows * DISK_BYTES_PER_ROW);
}

/** Bytes of disk that the zones need at most, where they are published. */
export function zoneBytesFor(rows: number): number {
  return Math.ceil(rows * ZONE_BYTES_PER_ROW);
}

function rowBytesOf(name: string): number {
  if (/\.parquet$/i.test(name)) return ROW_BYTES.parquet;
  return /\.gz$/i.test(name) ? ROW_BYTES.gzip : ROW_BYTES.lines;
}
