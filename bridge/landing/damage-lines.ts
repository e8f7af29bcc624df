/** What the spool lost, as lines for the quarantine. */
import type { SealedSegment, SegmentContents } from '../spool/spool-contract.ts';

/** Longer ranges become several lines: readers have a limit for one. A multiple of 3, so that base64 has no gaps. */
const RANGE_BYTES_MAX = 196_608;

/**
 * One line for each damaged range of a segment, or one for the segment when nothing of it is left. They are the same
 * each time: position and arrival come from the segment.
 */
export function damageLines(segment: SealedSegment, contents: SegmentContents): Uint8Array[] {
  const { damaged, firstArrivalMs } = contents;
  const place = `${segment.table}/${segment.number.toString().padStart(10, '0')}`;
  const isMissing = damaged.every(({ bytes }) => bytes.length === 0);
  const lines: Uint8Array[] = [];
  for (const range of damaged) {
    let from = 0;
    do {
      const piece = range.bytes.subarray(from, from + RANGE_BYTES_MAX);
      lines.push(
        toLine({
          reason: isMissing ? 'spool-segment-missing' : 'spool-damaged',
          source: 'spool',
          position: isMissing ? place : `${place}@${range.offset + from}`,
          arrivedAt: Math.floor(firstArrivalMs),
          encoding: 'base64',
          original: Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('base64'),
        }),
      );
      from += RANGE_BYTES_MAX;
    } while (from < range.bytes.length);
  }
  return lines;
}

function toLine(entry: Readonly<Record<string, string | number>>): Uint8Array {
  return Buffer.from(`${JSON.stringify(entry)}\n`);
}
