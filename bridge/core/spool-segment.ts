/**
 * A segment of the spool: a header, then records. Numbers are little endian.
 *
 * | offset | size | type    | what                                        |
 * | ------ | ---- | ------- | ------------------------------------------- |
 * | 0      | 8    | bytes   | `STEDISPL`                                  |
 * | 8      | 4    | uint32  | format version                              |
 * | 12     | 4    | uint32  | CRC-32 of what follows in it, xor version−1 |
 * | 16     | 8    | float64 | when it was begun, epoch ms                 |
 * | 24     | 4    | uint32  | number of the segment, 1 and up             |
 * | 28     | 36   | ASCII   | spool id, filled with NUL                   |
 * | 64     | 64   | ASCII   | table, filled with NUL                      |
 */
import { nextRecordOffset, readRecord } from './spool-record.ts';
import type { Crc32, SpoolRecord } from './spool-record.ts';

/** The version of the format that this bridge writes; it reads all up to it. */
export const SPOOL_FORMAT = 2;

export const SEGMENT_HEADER_BYTES = 128;

const MAGIC = 'STEDISPL';
const SPOOL_ID_OFFSET = 28;
const TABLE_OFFSET = 64;

/** Whose segment it is. */
export interface SegmentHeader {
  readonly format: number;
  readonly table: string;
  readonly spoolId: string;
  readonly number: number;
  readonly createdMs: number;
}

/** A header as bytes. `spoolId` has at most 36 ASCII characters, `table` 64. */
export function encodeHeader(header: SegmentHeader, crc32: Crc32): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  putAscii(bytes, 0, MAGIC);
  view.setUint32(8, header.format, true);
  view.setFloat64(16, header.createdMs, true);
  view.setUint32(24, header.number, true);
  putAscii(bytes, SPOOL_ID_OFFSET, header.spoolId);
  putAscii(bytes, TABLE_OFFSET, header.table);
  view.setUint32(12, checkOf(bytes, header.format, crc32), true);
  return bytes;
}

/** The header at the beginning of a segment; `undefined` when it is damaged or not all there. */
export function decodeHeader(bytes: Uint8Array, crc32: Crc32): SegmentHeader | undefined {
  if (bytes.length < SEGMENT_HEADER_BYTES || getAscii(bytes, 0, MAGIC.length) !== MAGIC) {
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, SEGMENT_HEADER_BYTES);
  const format = view.getUint32(8, true);
  if (view.getUint32(12, true) !== checkOf(bytes, format, crc32)) return undefined;
  return {
    format,
    createdMs: view.getFloat64(16, true),
    number: view.getUint32(24, true),
    spoolId: getAscii(bytes, SPOOL_ID_OFFSET, TABLE_OFFSET - SPOOL_ID_OFFSET),
    table: getAscii(bytes, TABLE_OFFSET, SEGMENT_HEADER_BYTES - TABLE_OFFSET),
  };
}

/** A range of a file, `end` exclusive. */
export interface ByteRange {
  readonly offset: number;
  readonly end: number;
}

/** What a walk through a segment found. */
export interface SegmentScan {
  readonly rows: number;
  readonly firstArrivalMs: number;
  readonly lastArrivalMs: number;
  /** Bytes from the beginning that were durable for certain, as the records tell. */
  readonly provenTo: number;
  /** What is neither a sound header nor a sound record, in order. */
  readonly gaps: readonly ByteRange[];
}

/** Walks through a segment, from sound record to sound record; `take` gets each of them that holds lines. */
export function scanSegment(
  bytes: Uint8Array<ArrayBuffer>,
  crc32: Crc32,
  take: (record: SpoolRecord) => void = () => {},
): SegmentScan {
  const memory = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
  const scan = { rows: 0, firstArrivalMs: 0, lastArrivalMs: 0, provenTo: 0 };
  const gaps: ByteRange[] = [];
  let offset = decodeHeader(bytes, crc32) === undefined ? 0 : SEGMENT_HEADER_BYTES;
  let gapOffset = offset;
  while (offset < bytes.length) {
    const record = readRecord(memory, offset, crc32);
    if (record === undefined) {
      offset = nextRecordOffset(bytes, offset + 1);
      continue;
    }
    if (gapOffset < offset) gaps.push({ offset: gapOffset, end: offset });
    offset = record.end;
    gapOffset = offset;
    scan.provenTo = Math.max(scan.provenTo, record.provenTo);
    if (record.kind === 'end') continue;
    if (scan.rows === 0) scan.firstArrivalMs = record.arrivalMs;
    scan.lastArrivalMs = record.arrivalMs;
    scan.rows += record.rows;
    take(record);
  }
  if (gapOffset < bytes.length) gaps.push({ offset: gapOffset, end: bytes.length });
  return { ...scan, gaps };
}

/**
 * Where the torn tail of a segment of `bytes` begins, of which the first `provenTo` were durable: at the first bytes
 * after these that are not sound. Nothing after them was ever acknowledged.
 */
export function tornTailOffset(
  bytes: number,
  gaps: readonly ByteRange[],
  provenTo: number,
): number {
  const torn = gaps.find(({ end }) => end > provenTo);
  return torn === undefined ? bytes : Math.max(torn.offset, provenTo);
}

/**
 * How much of the header of a file of `bytes` was durable for certain although it is not sound. A sound record right behind it shares a sector
 * with it, and disks write whole sectors: once, the header was there too.
 */
export function provenHeaderBytes(bytes: number, gaps: readonly ByteRange[]): number {
  const [first] = gaps;
  const isAlone = first?.offset === 0 && first.end === SEGMENT_HEADER_BYTES;
  return isAlone && bytes > SEGMENT_HEADER_BYTES ? SEGMENT_HEADER_BYTES : 0;
}

/** A damaged version must not look like a newer one: a bridge would refuse the whole spool. */
function checkOf(header: Uint8Array, format: number, crc32: Crc32): number {
  return (crc32(header.subarray(16, SEGMENT_HEADER_BYTES)) ^ (format - 1)) >>> 0;
}

function putAscii(bytes: Uint8Array, offset: number, text: string): void {
  for (let index = 0; index < text.length; index++) bytes[offset + index] = text.charCodeAt(index);
}

function getAscii(bytes: Uint8Array, offset: number, length: number): string {
  const text = String.fromCharCode(...bytes.subarray(offset, offset + length));
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}
