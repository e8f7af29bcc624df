import { parseSegmentFileName } from '../core/spool-names.ts';
import type { SegmentName } from '../core/spool-names.ts';
import type { Crc32 } from '../core/spool-record.ts';
import { decodeHeader, SEGMENT_HEADER_BYTES } from '../core/spool-segment.ts';
import type { SpoolDisk } from './spool-disk.ts';

/** A file of a segment that was found. */
export interface FoundSegment extends SegmentName {
  readonly name: string;
  readonly bytes: number;
  /** Its format version and when it was begun; `undefined` when the header is damaged. */
  readonly format: number | undefined;
  readonly createdMs: number | undefined;
}

/** All segments on the disk in the order of their numbers. Reads headers only. */
export async function findSegments(disk: SpoolDisk, crc32: Crc32): Promise<FoundSegment[]> {
  const found: FoundSegment[] = [];
  for (const { name, bytes } of await disk.list()) {
    const parts = parseSegmentFileName(name);
    if (parts === undefined) continue;
    const header = decodeHeader(await disk.read(name, 0, SEGMENT_HEADER_BYTES), crc32);
    found.push({ ...parts, name, bytes, format: header?.format, createdMs: header?.createdMs });
  }
  return found.sort((left, right) => left.number - right.number);
}

/** The newest format of all that was found; 0 when nothing was. */
export function newestFormat(found: readonly FoundSegment[]): number {
  return found.reduce((newest, { format = 0 }) => Math.max(newest, format), 0);
}
