/**
 * Parquet's hybrid of run lengths and bit packing (apache/parquet-format, Encodings.md, "RLE = 3"): runs of eight or more
 * equal numbers are counted, what lies between is packed in groups of eight.
 */
import type { ByteList } from './byte-list.ts';

const GROUP = 8;

/** How many bits the numbers 0 to `max` need; at least one. */
export function bitWidth(max: number): number {
  return Math.max(1, 32 - Math.clz32(max));
}

/** Writes whole numbers of `bits` each, 1–24. */
export function writeHybrid(into: ByteList, values: Uint32Array, bits: number): void {
  let packedFrom = 0;
  let at = 0;
  while (at < values.length) {
    const run = runLength(values, at);
    // Packed numbers come in whole groups; the run gives up what the group before it lacks.
    const lacking = (GROUP - ((at - packedFrom) % GROUP)) % GROUP;
    if (run - lacking >= GROUP) {
      writePacked(into, values.subarray(packedFrom, at + lacking), bits);
      writeRun(into, values[at] as number, run - lacking, bits);
      packedFrom = at + run;
    }
    at += run;
  }
  writePacked(into, values.subarray(packedFrom), bits);
}

function runLength(values: Uint32Array, from: number): number {
  const value = values[from];
  let end = from + 1;
  while (end < values.length && values[end] === value) end++;
  return end - from;
}

function writeRun(into: ByteList, value: number, count: number, bits: number): void {
  into.varint(2 * count);
  for (let written = 0; written < bits; written += 8) into.byte(value >>> written);
}

function writePacked(into: ByteList, values: Uint32Array, bits: number): void {
  if (values.length === 0) return;
  const groups = Math.ceil(values.length / GROUP);
  into.varint(2 * groups + 1);
  if (values.length === groups * GROUP) {
    into.packed(values, bits);
    return;
  }
  const whole = new Uint32Array(groups * GROUP);
  whole.set(values);
  into.packed(whole, bits);
}
