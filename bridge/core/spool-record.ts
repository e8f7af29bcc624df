/**
 * One record of a spool segment: landing lines that arrived together, or the end of the segment. Little endian.
 *
 * | offset | size | type    | what                                                                                 |
 * | ------ | ---- | ------- | ------------------------------------------------------------------------------------ |
 * | 0      | 3    | bytes   | F5 53 52. F5 is in no UTF-8 text, so that no landing line looks like a record         |
 * | 3      | 1    | uint8   | kind: 1 lines, as format 1 wrote them; 2 lines; 3 end                                |
 * | 4      | 4    | uint32  | CRC-32 of everything that follows in the record, exclusive-or'd with kind − 1        |
 * | 8      | 4    | uint32  | length of the body in bytes                                                          |
 * | 12     | 8    | float64 | arrival in epoch ms; end: that of the last record                                    |
 * | 20     | 4    | uint32  | rows in the body; end: rows in the segment                                           |
 * | 24     | 4    | uint32  | how many bytes of the file were durable when this was written; not in kind 1         |
 * | 28     | …    | bytes   | the body: NDJSON, each line with its LF; end: arrival of the first record, float64   |
 */

/** CRC-32 as of zlib (polynomial 0xEDB88320, reflected). */
export type Crc32 = (bytes: Uint8Array) => number;

/** Bytes of a record besides its body. */
export const RECORD_HEADER_BYTES = 28;

/** Bytes of the record that ends a segment. */
export const END_BYTES = 36;

const MARK = 0xf5;
const MARKER = 0x5253f5;
const KIND_OFFSET = 3;
const OLD_LINES = 1;
const LINES = 2;
const END = 3;
const OLD_HEADER_BYTES = 24;

/** Memory that is both bytes and numbers. */
export interface RecordMemory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** What a record says beside its body. */
export interface RecordFields {
  readonly arrivalMs: number;
  readonly rows: number;
  /** Bytes of the file, from its beginning, that were known to be durable when the record was written. */
  readonly provenTo: number;
}

/** What stands where in a segment. `bodyOffset` to `end` are the lines; an end has none. */
export interface SpoolRecord extends RecordFields {
  readonly kind: 'lines' | 'end';
  readonly offset: number;
  readonly bodyOffset: number;
  readonly end: number;
}

/** Writes a record of lines at `offset`, where there is room for it; gives its end. */
export function writeLines(
  target: RecordMemory,
  offset: number,
  record: RecordFields & { readonly body: Uint8Array },
  crc32: Crc32,
): number {
  target.bytes.set(record.body, offset + RECORD_HEADER_BYTES);
  return writeFields(target, { offset, kind: LINES, length: record.body.length, record }, crc32);
}

/** The record that ends a segment, as bytes. */
export function encodeEnd(
  end: RecordFields & { readonly firstArrivalMs: number },
  crc32: Crc32,
): Uint8Array {
  const bytes = new Uint8Array(END_BYTES);
  const view = new DataView(bytes.buffer);
  view.setFloat64(RECORD_HEADER_BYTES, end.firstArrivalMs, true);
  const length = END_BYTES - RECORD_HEADER_BYTES;
  writeFields({ bytes, view }, { offset: 0, kind: END, length, record: end }, crc32);
  return bytes;
}

/** What the last bytes of a segment say; `undefined` when it has no sound end. */
export function decodeEnd(
  bytes: Uint8Array<ArrayBuffer>,
  crc32: Crc32,
): (RecordFields & { readonly firstArrivalMs: number }) | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const record = bytes.length === END_BYTES ? readRecord({ bytes, view }, 0, crc32) : undefined;
  if (record?.kind !== 'end') return undefined;
  return { ...record, firstArrivalMs: view.getFloat64(RECORD_HEADER_BYTES, true) };
}

/** The record at `offset`; `undefined` when there is none that is sound. */
export function readRecord(
  source: RecordMemory,
  offset: number,
  crc32: Crc32,
): SpoolRecord | undefined {
  const { bytes, view } = source;
  const marker = offset + OLD_HEADER_BYTES <= bytes.length ? view.getUint32(offset, true) : 0;
  const kind = marker >>> (8 * KIND_OFFSET);
  if ((marker & 0xffffff) !== MARKER || kind < OLD_LINES || kind > END) return undefined;
  const bodyOffset = offset + (kind === OLD_LINES ? OLD_HEADER_BYTES : RECORD_HEADER_BYTES);
  const end = bodyOffset + view.getUint32(offset + 8, true);
  if (end > bytes.length) return undefined;
  if (checkOf(source, { offset, end, kind }, crc32) !== view.getUint32(offset + 4, true)) {
    return undefined;
  }
  return {
    kind: kind === END ? 'end' : 'lines',
    offset,
    bodyOffset,
    end,
    arrivalMs: view.getFloat64(offset + 12, true),
    rows: view.getUint32(offset + 20, true),
    // Format 1 did not say: whatever stands before a record that is sound counts as durable.
    provenTo: kind === OLD_LINES ? offset : view.getUint32(offset + 24, true),
  };
}

/** The next place at or after `offset` where a record may begin; the end of `bytes` when there is none. */
export function nextRecordOffset(bytes: Uint8Array, offset: number): number {
  const found = bytes.indexOf(MARK, offset);
  return found === -1 ? bytes.length : found;
}

function writeFields(
  { bytes, view }: RecordMemory,
  what: {
    readonly offset: number;
    readonly kind: number;
    readonly length: number;
    readonly record: RecordFields;
  },
  crc32: Crc32,
): number {
  const { offset, kind, length, record } = what;
  const end = offset + RECORD_HEADER_BYTES + length;
  view.setUint32(offset, MARKER | (kind << (8 * KIND_OFFSET)), true);
  view.setUint32(offset + 8, length, true);
  view.setFloat64(offset + 12, record.arrivalMs, true);
  view.setUint32(offset + 20, record.rows, true);
  view.setUint32(offset + 24, record.provenTo, true);
  view.setUint32(offset + 4, checkOf({ bytes, view }, { offset, end, kind }, crc32), true);
  return end;
}

/** In format 1 there was one kind. Lines whose kind is damaged must not pass for an end. */
function checkOf(
  { bytes }: RecordMemory,
  { offset, end, kind }: { readonly offset: number; readonly end: number; readonly kind: number },
  crc32: Crc32,
): number {
  return (crc32(bytes.subarray(offset + 8, end)) ^ (kind - OLD_LINES)) >>> 0;
}
