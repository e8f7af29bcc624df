/** Numbers and types in the binary format of WebAssembly. */

/** The types of values by name. */
export const TYPES: Readonly<Record<string, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f64: 0x7c,
  v128: 0x7b,
};

const BITS = 0x7f;
const MORE = 0x80;

/** A whole number from 0 to 2^31 − 1 (unsigned LEB128). */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > BITS; rest >>>= 7) bytes.push((rest & BITS) | MORE);
  return [...bytes, rest];
}

/** A whole number of at most 64 bits (signed LEB128). */
export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const byte = Number(rest & BigInt(BITS));
    const isLast = rest >> 6n === 0n || rest >> 6n === -1n;
    bytes.push(isLast ? byte : byte | MORE);
    if (isLast) return bytes;
  }
}

/** Bytes with their number in front. */
export function vectorOf(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}
