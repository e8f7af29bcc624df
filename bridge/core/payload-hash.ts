/** Hashes that tell payloads apart. Not for secrets: whoever wants two payloads with one hash can make them. */

const LOW_MULTIPLIER = 0x85eb_ca6b;
const HIGH_MULTIPLIER = 0xc2b2_ae35;
const HIGH_BITS = 0x1f_ffff;

/** A hash of 53 bits of the bytes from `from` up to, not including, `to`; another `seed` (a whole number) gives another. */
export function hashBytes(
  bytes: Uint8Array,
  { from = 0, to = bytes.length, seed = 0 }: HashRange = {},
): number {
  let low = Math.imul(seed ^ (to - from), LOW_MULTIPLIER);
  let high = Math.imul(Math.floor(seed / 2 ** 32) ^ seed ^ (to - from), HIGH_MULTIPLIER);
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    low = Math.imul(turn(low ^ word, 15), LOW_MULTIPLIER);
    high = Math.imul(turn(high, 13) ^ word, HIGH_MULTIPLIER) + low;
  }
  for (; at < to; at++) {
    const byte = bytes[at] as number;
    low = Math.imul(turn(low ^ byte, 15), LOW_MULTIPLIER);
    high = Math.imul(turn(high, 13) ^ byte, HIGH_MULTIPLIER) + low;
  }
  return (scatter(high) & HIGH_BITS) * 2 ** 32 + (scatter(low ^ high) >>> 0);
}

/** What is hashed: all bytes unless a range is given. */
export interface HashRange {
  readonly from?: number;
  readonly to?: number;
  readonly seed?: number;
}

function turn(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Every bit of the result depends on every bit of the value. */
function scatter(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), LOW_MULTIPLIER);
  const twice = Math.imul(once ^ (once >>> 13), HIGH_MULTIPLIER);
  return twice ^ (twice >>> 16);
}
