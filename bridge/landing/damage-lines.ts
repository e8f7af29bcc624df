/** What the spool lost, as lines for the quarantine. */
import type { SealedSegment, SegmentContents } from '../spool/spool-contract.ts';

/** Longer ranges become several lines: readers have a limit for one. A multiple of 3, so that base64 has no gaps. */
const RANGE_BYTES_MAX = 196_608;

/**
 * One line for each damaged range of a segment, or one for the segment when its file is gone. They are the same each
 * time: position and arrival come from the segment.
 */
export function damageLines(segment: SealedSegment, contents: SegmentContents): Uint8Array[] {
  const place = `${segment.table}/${segment.number.toString().padStart(10, '0')}`;
  const arrivedAt = Math.floor(contents.firstArrivalMs);
  const line = (reason: string, position: string, bytes: Uint8Array): Uint8Array => {
    const original = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
    const entry = { reason, source: 'spool', position, arrivedAt, encoding: 'base64', original };
    return Buffer.from(`${JSON.stringify(entry)}\n`);
  };
  if (contents.isMissing) return [line('spool-segment-missing', place, new Uint8Array(0))];
  const lines: Uint8Array[] = [];
  for (const range of contents.damaged) {
    let from = 0;
    do {
      const piece = range.bytes.subarray(from, from + RANGE_BYTES_MAX);
      lines.push(line('spool-damaged', `${place}@${range.offset + from}`, piece));
      from += RANGE_BYTES_MAX;
    } while (from < range.bytes.length);
  }
  return lines;
}
