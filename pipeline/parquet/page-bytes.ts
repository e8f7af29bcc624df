/** What stands in the pages of a column. */
import { ByteList } from './byte-list.ts';
import { bitWidth, writeHybrid } from './parquet-levels.ts';

const TWO_TO_32 = 2 ** 32;

/** Whole numbers of at most 53 bits as 64 bits each. */
export function int64Bytes(values: Float64Array): Uint8Array {
  // Parquet is little-endian, and so is every machine that this runs on.
  const words = new Uint32Array(2 * values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const high = Math.floor(value / TWO_TO_32);
    words[2 * index] = value - high * TWO_TO_32;
    words[2 * index + 1] = high;
  }
  return new Uint8Array(words.buffer);
}

/** Which rows have a value (1) and which have none (0), with the length in front, as data pages of version 1 want it. */
export function levelBytes(isThere: Uint32Array): Uint8Array {
  const levels = new ByteList();
  writeHybrid(levels, isThere, 1);
  const bytes = new ByteList();
  bytes.uint32(levels.length);
  bytes.append(levels.bytes);
  return bytes.bytes;
}

/** The numbers of values in a dictionary that has `size` of them. */
export function numberedBytes(numbers: Uint32Array, size: number): Uint8Array {
  const bytes = new ByteList();
  const bits = bitWidth(size - 1);
  bytes.byte(bits);
  writeHybrid(bytes, numbers, bits);
  return bytes.bytes;
}
