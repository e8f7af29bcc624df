/**
 * Follows one layout through the bytes of a line. Every byte of every landing object passes here, so it looks at four bytes
 * at a time wherever it can.
 */
import {
  DIGITS_MAX,
  EPOCH_DIGITS_MAX,
  FRACTION_DIGITS_MAX,
  FRACTION_ZEROS_MAX,
} from './plain-layout.ts';
import type { PlainLayout, PlainValue } from './plain-layout.ts';
import { RECORD_BYTES_MAX } from './record-splitter.ts';

/** Bytes with a view of the same memory. Behind the last newline there have to be `SLACK_BYTES` more, whatever they hold. */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/**
 * A layout in the form in which bytes are compared with it. For each literal: how many words it has, the words, how many
 * bytes are left, those bytes, and the kind of the value behind it.
 */
export type ScanPlan = Int32Array;

/** More than any literal is long. */
export const SLACK_BYTES = 8192;

const WORD_BYTES = 4;
const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const KINDS: readonly PlainValue[] = ['text', 'text-or-empty', 'decimal', 'whole', 'epoch-ms'];
const TEXT = KINDS.indexOf('text');
const DECIMAL = KINDS.indexOf('decimal');
const LINE_END = -1;
const WHOLE = KINDS.indexOf('whole');
const EPOCH_MS = KINDS.indexOf('epoch-ms');
/** Bytes that may not stand in a plain text: control characters, the quote and the backslash. */
const ENDS_TEXT: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x20 || byte === QUOTE || byte === 0x5c),
);

/** Makes a layout ready to be followed. */
export function planScan({ values, literals }: PlainLayout): ScanPlan {
  const plan: number[] = [];
  for (const [index, literal] of literals.entries()) {
    const bytes = Uint8Array.from(literal, (character) => character.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    const words = Math.floor(bytes.length / WORD_BYTES);
    plan.push(words);
    for (let word = 0; word < words; word++) plan.push(view.getInt32(word * WORD_BYTES, true));
    const left = bytes.subarray(words * WORD_BYTES);
    const value = values[index];
    plan.push(left.length, ...left, value === undefined ? LINE_END : KINDS.indexOf(value));
  }
  return Int32Array.from(plan);
}

/** How far lines are made to a plan: where the first one begins that is not, and how many there are in front of it. */
export interface Scanned {
  readonly at: number;
  readonly lines: number;
}

/** Follows a plan from the beginning of a line as long as lines are made to it, up to `end`, the end of the last line. */
export function scanLines(plan: ScanPlan, memory: Memory, from: number, end: number): Scanned {
  let at = from;
  let lines = 0;
  while (at < end) {
    const next = scanLine(plan, memory, at);
    if (next < 0) break;
    at = next;
    lines++;
  }
  return { at, lines };
}

/** Where the line behind the one at `from` begins, or −1 when the line at `from` is not made to the plan. */
function scanLine(plan: ScanPlan, { bytes, view }: Memory, from: number): number {
  let at = from;
  for (let step = 0; ;) {
    const wordsEnd = step + 1 + (plan[step] as number);
    for (step++; step < wordsEnd; step++, at += WORD_BYTES) {
      if (view.getInt32(at, true) !== plan[step]) return -1;
    }
    const bytesEnd = step + 1 + (plan[step] as number);
    for (step++; step < bytesEnd; step++, at++) if (bytes[at] !== plan[step]) return -1;
    const kind = plan[step++] as number;
    if (kind === LINE_END) break;
    at = scanValue(kind, bytes, view, at);
    if (at < 0) return -1;
  }
  if (bytes[at] === CARRIAGE_RETURN) at++;
  return bytes[at] === NEWLINE && at - from < RECORD_BYTES_MAX ? at + 1 : -1;
}

function scanValue(kind: number, bytes: Uint8Array, view: DataView, from: number): number {
  if (kind === DECIMAL) return scanDecimal(bytes, from);
  if (kind === EPOCH_MS) return endOfZeros(bytes, scanDate(bytes, view, from));
  if (kind === WHOLE) return endOfZeros(bytes, scanWhole(bytes, from));
  const end = scanText(bytes, view, from);
  return end === from && kind === TEXT ? -1 : end;
}

/** The position of the closing quote. */
function scanText(bytes: Uint8Array, view: DataView, from: number): number {
  let at = from;
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
    at += WORD_BYTES;
  }
  while (ENDS_TEXT[bytes[at] as number] === 0) at++;
  return bytes[at] === QUOTE ? at : -1;
}

/** Dates have thirteen digits: four at a time is worth it here, and nowhere else. */
function scanDate(bytes: Uint8Array, view: DataView, from: number): number {
  if (bytes[from] === ZERO) return from + 1;
  let end = from;
  for (;;) {
    const four = view.getInt32(end, true);
    const carried = four + 0x06060606;
    if ((((four & 0xf0f0f0f0) ^ 0x30303030) | ((carried & 0xf0f0f0f0) ^ 0x30303030)) !== 0) break;
    end += WORD_BYTES;
  }
  end = skipDigits(bytes, end);
  return end === from || end - from > EPOCH_DIGITS_MAX ? -1 : end;
}

function scanWhole(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== MINUS) return scanDigits(bytes, from);
  return bytes[from + 1] === ZERO ? -1 : scanDigits(bytes, from + 1);
}

function scanDecimal(bytes: Uint8Array, from: number): number {
  const point = scanDigits(bytes, bytes[from] === MINUS ? from + 1 : from);
  if (point < 0 || bytes[point] !== POINT) return point;
  const fraction = point + 1;
  const end = skipDigits(bytes, fraction);
  return end === fraction || end - fraction > FRACTION_DIGITS_MAX ? -1 : end;
}

/** The end of the digits in front of a point: one zero, or as many as a double holds. */
function scanDigits(bytes: Uint8Array, from: number): number {
  if (bytes[from] === ZERO) return from + 1;
  const end = skipDigits(bytes, from);
  return end === from || end - from > DIGITS_MAX ? -1 : end;
}

/** Whole numbers may have a point with zeros behind it. */
function endOfZeros(bytes: Uint8Array, point: number): number {
  if (point < 0 || bytes[point] !== POINT) return point;
  const zeros = point + 1;
  let end = zeros;
  while (bytes[end] === ZERO) end++;
  return end === zeros || end - zeros > FRACTION_ZEROS_MAX ? -1 : end;
}

function skipDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at] as number; byte >= ZERO && byte <= NINE; byte = bytes[at] as number) {
    at++;
  }
  return at;
}
