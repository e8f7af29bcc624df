import type { Crc32, SpoolRecord } from '../core/spool-record.ts';
import { scanSegment } from '../core/spool-segment.ts';
import type { SegmentContents } from './spool-contract.ts';

/** What the file of a segment holds. `bytes` is used up: the lines are moved together in it. */
export function readSegment(bytes: Uint8Array<ArrayBuffer>, crc32: Crc32): SegmentContents {
  // Damaged ranges are taken out before the lines are moved over them.
  const records: SpoolRecord[] = [];
  const scan = scanSegment(bytes, crc32, (record) => records.push(record));
  const last = records.at(-1)?.end ?? 0;
  const damaged = scan.gaps
    .filter(({ offset }) => offset < last)
    .map(({ offset, end }) => ({ offset, bytes: bytes.slice(offset, end) }));
  let length = 0;
  for (const { bodyOffset, end } of records) {
    bytes.copyWithin(length, bodyOffset, end);
    length += end - bodyOffset;
  }
  const { rows, firstArrivalMs, lastArrivalMs } = scan;
  const lines = length === 0 ? [] : [bytes.subarray(0, length)];
  return { lines, rows, firstArrivalMs, lastArrivalMs, isMissing: false, damaged };
}
