import type { BatchTable } from '../core/landing-batches.ts';
import { parseSegmentFileName } from '../core/spool-names.ts';
import type { SegmentName } from '../core/spool-names.ts';
import type { Crc32 } from '../core/spool-record.ts';
import { decodeHeader, scanSegment, SEGMENT_HEADER_BYTES } from '../core/spool-segment.ts';
import type { SealedSegment } from './spool-contract.ts';
import type { SpoolDisk } from './spool-disk.ts';

/** A file of a segment that was found. */
export interface FoundSegment extends SegmentName {
  readonly name: string;
  readonly bytes: number;
  /** Its format version; `undefined` when the header is damaged. */
  readonly format: number | undefined;
}

/** What is left of a table by the bridge before. */
export interface RecoveredTable {
  readonly sealed: readonly SealedSegment[];
  /** What the next segment is called. */
  readonly nextNumber: number;
  /** True when a file of this number is there and holds nothing. */
  readonly isUnused: boolean;
}

/** All segments on the disk, by table and number. Reads headers only. */
export async function findSegments(disk: SpoolDisk, crc32: Crc32): Promise<FoundSegment[]> {
  const found: FoundSegment[] = [];
  for (const { name, bytes } of await disk.list()) {
    const parts = parseSegmentFileName(name);
    if (parts === undefined) continue;
    const header = decodeHeader(await disk.read(name, 0, SEGMENT_HEADER_BYTES), crc32);
    found.push({ ...parts, name, bytes, format: header?.format });
  }
  return found.sort((left, right) => left.number - right.number);
}

/** What there is to land of one table, after the segment `landed`; what is landed already is removed. */
export async function recoverTable(
  disk: SpoolDisk,
  found: readonly FoundSegment[],
  options: { readonly table: BatchTable; readonly landed: number; readonly crc32: Crc32 },
): Promise<RecoveredTable> {
  const { table, landed, crc32 } = options;
  const files = found.filter((file) => file.table === table);
  for (const { name, number } of files) if (number <= landed) await disk.remove(name);
  const waiting = new Map(
    files.filter(({ number }) => number > landed).map((file) => [file.number, file]),
  );
  const newest = Math.max(landed, ...waiting.keys());
  const sealed: SealedSegment[] = [];
  for (let number = landed + 1; number <= newest; number++) {
    const file = waiting.get(number);
    sealed.push(
      file === undefined
        ? { table, number, bytes: 0, rows: 0, firstArrivalMs: 0 }
        : await recoverSegment(disk, file, crc32),
    );
  }
  const last = sealed.at(-1);
  if (last === undefined || last.rows > 0) {
    return { sealed, nextNumber: newest + 1, isUnused: false };
  }
  return { sealed: sealed.slice(0, -1), nextNumber: newest, isUnused: true };
}

async function recoverSegment(
  disk: SpoolDisk,
  file: FoundSegment,
  crc32: Crc32,
): Promise<SealedSegment> {
  const { table, number, name, bytes } = file;
  const { rows, firstArrivalMs } = scanSegment(await disk.read(name), crc32);
  return { table, number, bytes, rows, firstArrivalMs };
}

/** The newest format of all that was found; 0 when nothing was. */
export function newestFormat(found: readonly FoundSegment[]): number {
  return Math.max(0, ...found.map(({ format }) => format ?? 0));
}
