/**
 * Where a JSON object ends. This reads structure only: which brackets, strings and separators may follow each other. It
 * finds the first byte at which the text cannot be JSON any more, so that an object cut off in the middle does not
 * swallow the good ones behind it. Numbers and escapes are left to the JSON parser.
 */

/** `whole`: the object ends before `end`. `broken`: not JSON from `end` on. `open`: the limit came first. */
export interface JsonExtent {
  readonly kind: 'whole' | 'broken' | 'open';
  readonly end: number;
}

/** Deepest nesting in a record. With a bound, even hostile input is read in linear time. */
export const DEPTH_MAX = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Stands for any byte of a number or of `true`, `false` and `null`. */
const LITERAL = 0x30;

/** What may stand in front of each kind of byte, white space apart. */
type Grammar = Readonly<Record<number, readonly number[]>>;
const VALUE_ENDS = [QUOTE, LITERAL, CLOSE_OBJECT, CLOSE_LIST];
const OBJECT_GRAMMAR: Grammar = {
  [QUOTE]: [OPEN_OBJECT, COMMA, COLON],
  [LITERAL]: [COLON, LITERAL],
  [OPEN_OBJECT]: [COLON],
  [OPEN_LIST]: [COLON],
  [COMMA]: VALUE_ENDS,
  [COLON]: [QUOTE],
  [CLOSE_OBJECT]: [...VALUE_ENDS, OPEN_OBJECT],
};
const LIST_GRAMMAR: Grammar = {
  [QUOTE]: [OPEN_LIST, COMMA],
  [LITERAL]: [OPEN_LIST, COMMA, LITERAL],
  [OPEN_OBJECT]: [OPEN_LIST, COMMA],
  [OPEN_LIST]: [OPEN_LIST, COMMA],
  [COMMA]: VALUE_ENDS,
  [CLOSE_LIST]: [...VALUE_ENDS, OPEN_LIST],
};
const ASCII = 128;
const TABLES_BY_CONTAINER = [toTable(OBJECT_GRAMMAR), toTable(LIST_GRAMMAR)] as const;
const GAP = 0;
/** The kind of each byte: itself where it is punctuation, a gap where it is white space, else part of a literal. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === SPACE || (byte >= 0x09 && byte <= 0x0d)) return GAP;
  return byte in OBJECT_GRAMMAR || byte in LIST_GRAMMAR ? byte : LITERAL;
});
const DEPTH_CHANGES = new Int8Array(256);
for (const kind of [OPEN_OBJECT, OPEN_LIST]) DEPTH_CHANGES[kind] = 1;
for (const kind of [CLOSE_OBJECT, CLOSE_LIST]) DEPTH_CHANGES[kind] = -1;

/** Finds the end of the object whose `{` is at `start`, reading no byte from `limit` on. */
export function findJsonExtent(bytes: Uint8Array, start: number, limit: number): JsonExtent {
  // One bit for each open container, the innermost lowest: 1 for a list.
  let lists = 0;
  let depth = 0;
  let last = COLON;
  for (let at = start; at < limit; at++) {
    const kind = KINDS[bytes[at] as number] as number;
    if (kind === GAP) continue;
    const table = TABLES_BY_CONTAINER[(lists & 1) as 0 | 1];
    if (table[kind * ASCII + last] === 0) return { kind: 'broken', end: at };
    last = kind;
    if (kind === QUOTE) {
      const close = findClosingQuote(bytes, at + 1, limit);
      if (close < 0) return { kind: 'open', end: limit };
      if (bytes[close] !== QUOTE) return { kind: 'broken', end: close };
      at = close;
    }
    const change = DEPTH_CHANGES[kind] as number;
    if (change === 0) continue;
    depth += change;
    if (depth === 0) return { kind: 'whole', end: at + 1 };
    if (depth > DEPTH_MAX) return { kind: 'broken', end: at };
    lists = change > 0 ? (lists << 1) | Number(kind === OPEN_LIST) : lists >> 1;
  }
  return { kind: 'open', end: limit };
}

/** Position of the closing quote, or of a control character, which no JSON string may contain; −1 when neither came yet. */
function findClosingQuote(bytes: Uint8Array, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    const byte = bytes[at] as number;
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE || byte < SPACE) return at;
  }
  return -1;
}

function toTable(grammar: Grammar): Uint8Array {
  const table = new Uint8Array(ASCII * ASCII);
  for (const [kind, before] of Object.entries(grammar)) {
    for (const last of before) table[Number(kind) * ASCII + last] = 1;
  }
  return table;
}
