/**
 * How far each table was known to be durable: a small file beside the segments, overwritten after each sync. It tells
 * damage of the last bytes of a segment, which were durable, from a torn tail, which was not. Little endian, one entry
 * of 16 bytes for each table.
 *
 * | offset | size | type   | what                                                   |
 * | ------ | ---- | ------ | ------------------------------------------------------ |
 * | 0      | 4    | uint32 | CRC-32 of the 12 bytes that follow                     |
 * | 4      | 4    | uint32 | number of the table, 1 and up                          |
 * | 8      | 4    | uint32 | number of the segment; all before it are durable       |
 * | 12     | 4    | uint32 | how many bytes of that segment's file are durable      |
 */
import type { BatchTable } from './landing-batches.ts';
import { BATCH_TABLES } from './spool-names.ts';
import type { Crc32 } from './spool-record.ts';

const ENTRY_BYTES = 16;

/** What is durable of a table: all segments before `number`, and the first `bytes` of that one. */
export interface DurableClaim {
  readonly number: number;
  readonly bytes: number;
}

/** Nothing is known to be durable. */
export const NO_CLAIM: DurableClaim = { number: 0, bytes: 0 };

/** The file of the claims. */
export function encodeClaims(
  claims: ReadonlyMap<BatchTable, DurableClaim>,
  crc32: Crc32,
): Uint8Array {
  const file = new Uint8Array(BATCH_TABLES.length * ENTRY_BYTES);
  const view = new DataView(file.buffer);
  for (const [index, table] of BATCH_TABLES.entries()) {
    const { number, bytes } = claims.get(table) ?? NO_CLAIM;
    const offset = index * ENTRY_BYTES;
    view.setUint32(offset + 4, index + 1, true);
    view.setUint32(offset + 8, number, true);
    view.setUint32(offset + 12, bytes, true);
    view.setUint32(offset, crc32(file.subarray(offset + 4, offset + ENTRY_BYTES)), true);
  }
  return file;
}

/** The claims of a file; a table without a sound entry has none. */
export function decodeClaims(
  file: Uint8Array<ArrayBuffer>,
  crc32: Crc32,
): Map<BatchTable, DurableClaim> {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const claims = new Map<BatchTable, DurableClaim>();
  for (const [index, table] of BATCH_TABLES.entries()) {
    const offset = index * ENTRY_BYTES;
    const end = offset + ENTRY_BYTES;
    if (end > file.length || view.getUint32(offset + 4, true) !== index + 1) continue;
    if (view.getUint32(offset, true) !== crc32(file.subarray(offset + 4, end))) continue;
    const number = view.getUint32(offset + 8, true);
    claims.set(table, { number, bytes: view.getUint32(offset + 12, true) });
  }
  return claims;
}
