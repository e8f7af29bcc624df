/**
 * Reads the values of plain lines: finds the end of a value and puts it into a row of its column, or tells that it is not
 * plain. Every byte of every landing object passes here, so it looks at four bytes at a time wherever that is worth it.
 */
import type { PlainColumn } from './plain-columns.ts';
import {
  DIGITS_MAX,
  EPOCH_DIGITS_MAX,
  FRACTION_DIGITS_MAX,
  FRACTION_ZEROS_MAX,
} from './plain-layout.ts';

/** Bytes with a view of the same memory. Behind the last newline there have to be `SLACK_BYTES` more, whatever they hold. */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

const WORD_BYTES = 4;
const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const TEN = 10;
/** Below it a double holds every whole number, so that no digit of a sum of digits was lost. */
const EXACT_LIMIT = 2 ** 53;
/** The powers of ten that a fraction can have; all of them are exact. */
const POWERS: Float64Array = Float64Array.from(
  { length: FRACTION_DIGITS_MAX + 1 },
  (_, digits) => TEN ** digits,
);
const HASH_FACTOR = 0x2c1b3c6d;
/** Bytes that may not stand in a plain text: control characters, the quote and the backslash. */
const ENDS_TEXT: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x20 || byte === QUOTE || byte === 0x5c),
);

/** Reads a text; gives the position of its closing quote, or −1. */
export function readText(
  { bytes, view }: Memory,
  from: number,
  column: PlainColumn,
  row: number,
): number {
  let at = from;
  let hash = 0;
  for (;;) {
    const four = view.getInt32(at, true);
    const quotes = four ^ 0x22222222;
    const slashes = four ^ 0x5c5c5c5c;
    // Subtracting borrows into the highest bit of a byte that is smaller: below a space, or equal to what was masked out.
    const found =
      ((four - 0x20202020) & ~four) |
      ((quotes - 0x01010101) & ~quotes) |
      ((slashes - 0x01010101) & ~slashes);
    if ((found & 0x80808080) !== 0) break;
    hash = Math.imul(hash ^ four, HASH_FACTOR);
    hash ^= hash >>> 15;
    at += WORD_BYTES;
  }
  for (let byte = bytes[at] as number; ENDS_TEXT[byte] === 0; byte = bytes[++at] as number) {
    hash = Math.imul(hash ^ byte, HASH_FACTOR);
    hash ^= hash >>> 15;
  }
  if (bytes[at] !== QUOTE) return -1;
  column.texts[row] = column.dictionary.numberOf(view, from, at, hash);
  return at;
}

/** Reads a date in ms, which may have a point with zeros behind it; gives its end, or −1. */
export function readDate(
  { bytes, view }: Memory,
  from: number,
  column: PlainColumn,
  row: number,
): number {
  let at = from;
  let value = 0;
  for (;;) {
    const four = view.getInt32(at, true);
    const carried = four + 0x06060606;
    if ((((four & 0xf0f0f0f0) ^ 0x30303030) | ((carried & 0xf0f0f0f0) ^ 0x30303030)) !== 0) break;
    // Two digits in each half, then four in one: the first digit stands in the lowest byte.
    const digits = four & 0x0f0f0f0f;
    const pairs = (Math.imul(digits, TEN) + (digits >>> 8)) & 0x00ff00ff;
    value = value * 10_000 + (pairs & 0xff) * 100 + (pairs >>> 16);
    at += WORD_BYTES;
  }
  for (let digit = digitAt(bytes, at); isDigit(digit); digit = digitAt(bytes, ++at)) {
    value = value * TEN + digit;
  }
  const length = at - from;
  if (length === 0 || length > EPOCH_DIGITS_MAX || (length > 1 && bytes[from] === ZERO)) return -1;
  column.numbers[row] = value;
  return endOfZeros(bytes, at);
}

/** Reads a whole number, which may have a point with zeros behind it; gives its end, or −1. */
export function readWhole(
  { bytes }: Memory,
  from: number,
  column: PlainColumn,
  row: number,
): number {
  const isNegative = bytes[from] === MINUS;
  const first = isNegative ? from + 1 : from;
  let at = first;
  let value = 0;
  for (let digit = digitAt(bytes, at); isDigit(digit); digit = digitAt(bytes, ++at)) {
    value = value * TEN + digit;
  }
  if (!isNumberLength(bytes, first, at) || (isNegative && value === 0)) return -1;
  column.numbers[row] = isNegative ? -value : value;
  return endOfZeros(bytes, at);
}

/** Reads a number with or without a fraction; gives its end, or −1. */
export function readDecimal(
  { bytes }: Memory,
  from: number,
  column: PlainColumn,
  row: number,
): number {
  const isNegative = bytes[from] === MINUS;
  const first = isNegative ? from + 1 : from;
  let at = first;
  let value = 0;
  for (let digit = digitAt(bytes, at); isDigit(digit); digit = digitAt(bytes, ++at)) {
    value = value * TEN + digit;
  }
  if (!isNumberLength(bytes, first, at)) return -1;
  if (bytes[at] === POINT) {
    const point = at++;
    for (let digit = digitAt(bytes, at); isDigit(digit); digit = digitAt(bytes, ++at)) {
      value = value * TEN + digit;
    }
    const fraction = at - point - 1;
    if (fraction === 0 || fraction > FRACTION_DIGITS_MAX) return -1;
    // Both operands are exact, so that the quotient is rounded once, as the nearest double has to be.
    if (value < EXACT_LIMIT) value /= POWERS[fraction] as number;
    else value = Number(String.fromCharCode(...bytes.subarray(first, at)));
  }
  // Subtracting from zero gives 0 instead of −0, as the record reader does.
  column.numbers[row] = isNegative ? 0 - value : value;
  return at;
}

function digitAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) - ZERO;
}

function isDigit(digit: number): boolean {
  return digit >= 0 && digit < TEN;
}

/** Digits in front of a point: one zero, or as many as a double holds. */
function isNumberLength(bytes: Uint8Array, from: number, end: number): boolean {
  const length = end - from;
  return length > 0 && length <= DIGITS_MAX && (length === 1 || bytes[from] !== ZERO);
}

/** Whole numbers may have a point with zeros behind it. */
function endOfZeros(bytes: Uint8Array, point: number): number {
  if (bytes[point] !== POINT) return point;
  const zeros = point + 1;
  let end = zeros;
  while (bytes[end] === ZERO) end++;
  return end === zeros || end - zeros > FRACTION_ZEROS_MAX ? -1 : end;
}
