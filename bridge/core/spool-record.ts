/**
 * One record of a spool segment: landing lines that arrived together. Numbers are little endian.
 *
 * | offset | size | type    | what                                                                              |
 * | ------ | ---- | ------- | --------------------------------------------------------------------------------- |
 * | 0      | 3    | bytes   | F5 53 52. F5 is in no UTF-8 text, so that no landing line looks like a record      |
 * | 3      | 1    | uint8   | kind: 1 lines                                                                     |
 * | 4      | 4    | uint32  | CRC-32 of everything that follows in the record                                   |
 * | 8      | 4    | uint32  | length of the body in bytes                                                       |
 * | 12     | 8    | float64 | arrival in epoch ms                                                               |
 * | 20     | 4    | uint32  | rows in the body                                                                  |
 * | 24     | …    | bytes   | the body: NDJSON, each line with its LF                                           |
 */

/** CRC-32 as of zlib (polynomial 0xEDB88320, reflected). */
export type Crc32 = (bytes: Uint8Array) => number;

export const RECORD_HEADER_BYTES = 24;

const MARK = 0xf5;
const MARKER = 0x5253f5;
const LINES = 1;

/** What stands where in a segment. `bodyOffset` to `end` are the lines. */
export interface SpoolRecord {
  readonly offset: number;
  readonly bodyOffset: number;
  readonly end: number;
  readonly arrivalMs: number;
  readonly rows: number;
}

/** Writes a record at `offset` of `target`, which has room for `RECORD_HEADER_BYTES` and the body; gives its end. */
export function writeRecord(
  target: DataView<ArrayBuffer>,
  offset: number,
  record: { readonly arrivalMs: number; readonly rows: number; readonly body: Uint8Array },
  crc32: Crc32,
): number {
  const { body } = record;
  const end = offset + RECORD_HEADER_BYTES + body.length;
  target.setUint32(offset, MARKER | (LINES << 24), true);
  target.setUint32(offset + 8, body.length, true);
  target.setFloat64(offset + 12, record.arrivalMs, true);
  target.setUint32(offset + 20, record.rows, true);
  new Uint8Array(target.buffer, target.byteOffset + offset + RECORD_HEADER_BYTES).set(body);
  const covered = new Uint8Array(target.buffer, target.byteOffset + offset + 8, end - offset - 8);
  target.setUint32(offset + 4, crc32(covered), true);
  return end;
}

/** The record at `offset`; `undefined` when there is none that is sound. */
export function readRecord(
  source: DataView<ArrayBuffer>,
  offset: number,
  crc32: Crc32,
): SpoolRecord | undefined {
  if (offset + RECORD_HEADER_BYTES > source.byteLength) return undefined;
  if (source.getUint32(offset, true) !== (MARKER | (LINES << 24)) >>> 0) return undefined;
  const end = offset + RECORD_HEADER_BYTES + source.getUint32(offset + 8, true);
  if (end > source.byteLength) return undefined;
  const covered = new Uint8Array(source.buffer, source.byteOffset + offset + 8, end - offset - 8);
  if (crc32(covered) !== source.getUint32(offset + 4, true)) return undefined;
  return {
    offset,
    bodyOffset: offset + RECORD_HEADER_BYTES,
    end,
    arrivalMs: source.getFloat64(offset + 12, true),
    rows: source.getUint32(offset + 20, true),
  };
}

/** The next place at or after `offset` where a record may begin; the end of `bytes` when there is none. */
export function nextRecordOffset(bytes: Uint8Array, offset: number): number {
  const found = bytes.indexOf(MARK, offset);
  return found === -1 ? bytes.length : found;
}
