/**
 * Finds the ends of JSON strings and numbers that stand in bytes exactly as JSON.stringify writes them, so that they can
 * be copied as they are. Each function gives the place behind what it found, or −1 when it is not so written, or when
 * nobody can tell without more work: then somebody else has to read it.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TILDE = 0x7e;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** With at most 15 digits, no two decimals are the same double, so that each comes back from it as it was. */
const DIGITS_MAX = 15;
/** From the sixth zero behind the point on, JavaScript writes an exponent. */
const LEADING_ZEROS_MAX = 5;

/** The end of the characters of a string that needs no escapes: the place of its closing quote. ASCII, not empty. */
export function endOfPlainText(bytes: Uint8Array, from: number, lengthMax: number): number {
  const limit = Math.min(bytes.length, from + lengthMax + 1);
  for (let at = from; at < limit; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at > from ? at : -1;
    if (byte < SPACE || byte > TILDE || byte === BACKSLASH) return -1;
  }
  return -1;
}

/** The end of a whole number from 0 on, of at most 15 digits. */
export function endOfWhole(bytes: Uint8Array, from: number): number {
  const end = endOfDigits(bytes, from);
  const digits = end - from;
  if (digits === 0 || digits > DIGITS_MAX) return -1;
  return digits > 1 && bytes[from] === ZERO ? -1 : end;
}

/** The end of a number of at most 15 digits, without exponent. */
export function endOfDecimal(bytes: Uint8Array, from: number): number {
  const start = bytes[from] === MINUS ? from + 1 : from;
  const whole = endOfWhole(bytes, start);
  if (whole < 0) return -1;
  const isZero = bytes[start] === ZERO;
  // A number ends in its last digit: the end of the bytes is none.
  if (bytes[whole] !== POINT) return isZero && start > from ? -1 : whole;
  const end = endOfDigits(bytes, whole + 1);
  // The last digit of a fraction is not 0: nor is there one of no digits, where the point would be the last.
  if (end === whole + 1 || bytes[end - 1] === ZERO || end - start - 1 > DIGITS_MAX) return -1;
  return isZero && leadingZeros(bytes, whole + 1) > LEADING_ZEROS_MAX ? -1 : end;
}

/** The value of a whole number whose end is known. */
export function wholeValue(bytes: Uint8Array, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end; at++) value = 10 * value + (bytes[at] as number) - ZERO;
  return value;
}

function endOfDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    if (byte < ZERO || byte > NINE) break;
    at++;
  }
  return at;
}

function leadingZeros(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === ZERO) at++;
  return at - from;
}
