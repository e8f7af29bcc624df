import type { Crc32, SpoolRecord } from '../core/spool-record.ts';
import { scanSegment } from '../core/spool-segment.ts';
import type { SegmentContents } from './spool-contract.ts';

/** What a segment holds whose file is gone. */
export const MISSING_CONTENTS: SegmentContents = {
  lines: [],
  rows: 0,
  firstArrivalMs: 0,
  lastArrivalMs: 0,
  isMissing: true,
  damaged: [],
};

/**
 * What the file of a sealed segment holds, of which the first `expected` bytes were durable. `file` is used up: the
 * lines are moved together in it, so that one segment takes the memory of one.
 */
export function readSegment(
  file: Uint8Array<ArrayBuffer>,
  expected: number,
  crc32: Crc32,
): SegmentContents {
  const bytes = file.subarray(0, expected);
  const bodies: Pick<SpoolRecord, 'bodyOffset' | 'end'>[] = [];
  const scan = scanSegment(bytes, crc32, (record) => void bodies.push(record));
  const damaged = scan.gaps.map(({ offset, end }) => ({ offset, bytes: bytes.slice(offset, end) }));
  if (bytes.length < expected) damaged.push({ offset: bytes.length, bytes: new Uint8Array() });
  let length = 0;
  for (const { bodyOffset, end } of bodies) {
    bytes.copyWithin(length, bodyOffset, end);
    length += end - bodyOffset;
  }
  const { rows, firstArrivalMs, lastArrivalMs } = scan;
  const lines = length === 0 ? [] : [bytes.subarray(0, length)];
  return { lines, rows, firstArrivalMs, lastArrivalMs, isMissing: false, damaged };
}
