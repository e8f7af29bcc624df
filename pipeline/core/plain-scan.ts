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

/** Bytes with a view of the same memory. Behind the last newline there have to be `SLACK_BYTES` more, whatever they hold. */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** A layout in the form in which bytes are compared with it. */
export interface ScanPlan {
  readonly kinds: Uint8Array;
  /** The literals behind each other: whole words with their offsets in the literal, then the bytes that are left. */
  readonly words: Int32Array;
  readonly wordOffsets: Uint16Array;
  readonly wordEnds: Uint16Array;
  readonly tails: Uint8Array;
  readonly tailEnds: Uint16Array;
  readonly lengths: Uint16Array;
}

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
const TEXT_OR_EMPTY = KINDS.indexOf('text-or-empty');
const DECIMAL = KINDS.indexOf('decimal');
const EPOCH_MS = KINDS.indexOf('epoch-ms');
/** Bytes that may not stand in a plain text: control characters, the quote and the backslash. */
const ENDS_TEXT: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x20 || byte === QUOTE || byte === 0x5c),
);

/** Makes a layout ready to be followed. */
export function planScan({ values, literals }: PlainLayout): ScanPlan {
  const words: number[] = [];
  const wordOffsets: number[] = [];
  const wordEnds: number[] = [];
  const tails: number[] = [];
  const tailEnds: number[] = [];
  for (const literal of literals) {
    const bytes = Uint8Array.from(literal, (character) => character.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    const whole = bytes.length - (bytes.length % WORD_BYTES);
    for (let at = 0; at < whole; at += WORD_BYTES) {
      words.push(view.getInt32(at, true));
      wordOffsets.push(at);
    }
    tails.push(...bytes.subarray(whole));
    wordEnds.push(words.length);
    tailEnds.push(tails.length);
  }
  return {
    kinds: Uint8Array.from(values, (value) => KINDS.indexOf(value)),
    words: Int32Array.from(words),
    wordOffsets: Uint16Array.from(wordOffsets),
    wordEnds: Uint16Array.from(wordEnds),
    tails: Uint8Array.from(tails),
    tailEnds: Uint16Array.from(tailEnds),
    lengths: Uint16Array.from(literals, ({ length }) => length),
  };
}

/** Where the line behind the one at `from` begins, or −1 when the line at `from` is not made to the plan. */
export function scanLine(plan: ScanPlan, memory: Memory, from: number): number {
  const { kinds, words, wordOffsets, wordEnds, tails, tailEnds, lengths } = plan;
  const { bytes, view } = memory;
  const values = kinds.length;
  let at = from;
  let word = 0;
  let tail = 0;
  for (let index = 0; ; index++) {
    const wordEnd = wordEnds[index] as number;
    for (; word < wordEnd; word++) {
      if (view.getInt32(at + (wordOffsets[word] as number), true) !== words[word]) return -1;
    }
    at += lengths[index] as number;
    const tailEnd = tailEnds[index] as number;
    for (; tail < tailEnd; tail++) if (bytes[at - tailEnd + tail] !== tails[tail]) return -1;
    if (index === values) break;
    at = scanValue(kinds[index] as number, memory, at);
    if (at < 0) return -1;
  }
  if (bytes[at] === CARRIAGE_RETURN) at++;
  return bytes[at] === NEWLINE ? at + 1 : -1;
}

function scanValue(kind: number, memory: Memory, from: number): number {
  if (kind === TEXT || kind === TEXT_OR_EMPTY) {
    const end = scanText(memory, from);
    return end === from && kind === TEXT ? -1 : end;
  }
  if (kind === DECIMAL) return scanDecimal(memory.bytes, from);
  return scanWhole(memory, from, kind === EPOCH_MS);
}

/** The position of the closing quote. */
function scanText({ bytes, view }: Memory, from: number): number {
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

function scanWhole({ bytes, view }: Memory, from: number, isDate: boolean): number {
  const start = bytes[from] === MINUS ? from + 1 : from;
  if (start > from && (isDate || bytes[start] === ZERO)) return -1;
  let end = start + 1;
  if (bytes[start] !== ZERO) {
    end = start;
    // Dates have thirteen digits: four at a time is worth it here, and nowhere else.
    for (;;) {
      const four = view.getInt32(end, true);
      const carried = four + 0x06060606;
      if ((((four & 0xf0f0f0f0) ^ 0x30303030) | ((carried & 0xf0f0f0f0) ^ 0x30303030)) !== 0) break;
      end += WORD_BYTES;
    }
    end = skipDigits(bytes, end);
    if (end === start || end - start > (isDate ? EPOCH_DIGITS_MAX : DIGITS_MAX)) return -1;
  }
  if (bytes[end] !== POINT) return end;
  const zeros = end + 1;
  end = zeros;
  while (bytes[end] === ZERO) end++;
  return end === zeros || end - zeros > FRACTION_ZEROS_MAX ? -1 : end;
}

function scanDecimal(bytes: Uint8Array, from: number): number {
  const start = bytes[from] === MINUS ? from + 1 : from;
  let end = start + 1;
  if (bytes[start] !== ZERO) {
    end = skipDigits(bytes, start);
    if (end === start || end - start > DIGITS_MAX) return -1;
  }
  if (bytes[end] !== POINT) return end;
  const fraction = end + 1;
  end = skipDigits(bytes, fraction);
  return end === fraction || end - fraction > FRACTION_DIGITS_MAX ? -1 : end;
}

function skipDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at] as number; byte >= ZERO && byte <= NINE; byte = bytes[at] as number) {
    at++;
  }
  return at;
}
