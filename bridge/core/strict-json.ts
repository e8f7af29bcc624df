/**
 * Reads JSON from senders that nobody trusts. What two readers could understand in two ways is refused: a key twice, a
 * key that means something to JavaScript, numbers that no double holds, half of a surrogate pair.
 */

/** Why a text is refused. */
export type JsonFault =
  | 'not-json'
  | 'too-deep'
  | 'duplicate-key'
  /** `__proto__`, however it is spelt: in JavaScript it is no ordinary key. */
  | 'forbidden-key'
  /** NaN, Infinity, or a number beyond the largest double. */
  | 'not-finite'
  | 'lone-surrogate';

/** A parsed value, or why there is none. */
export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: JsonFault };

/** The deepest nesting of objects and lists. */
export const JSON_DEPTH_MAX = 16;

/** One token and the white space in front of it: a string, a mark, or a word (number, `true`, anything else). Linear. */
const TOKEN = /[ \t\r\n]*(?:("[^"\\]*(?:\\.[^"\\]*)*")|([{}[\],:])|([^ \t\r\n"{}[\],:]+)|$)/sy;
const NOT_FINITE_WORD = /^-?(?:NaN|Infinity)$/;
const NUMBER = /^-?\d/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Parses a text. Never throws; takes time in proportion to its length. */
export function parseStrictJson(text: string): StrictJson {
  const reason = findFault(text);
  if (reason !== undefined) return { ok: false, reason };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, reason: 'not-json' };
  }
}

/** What is open at a place of the text, the innermost last: the keys of an object so far, or a list. */
type Open = Set<string> | 'list';

/** The first fault that can be told without a parser; the grammar is left to it. */
function findFault(text: string): JsonFault | undefined {
  const open: Open[] = [];
  let isKeyNext = false;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text);
    if (token === null) return 'not-json';
    const [, quoted, mark, word] = token;
    let fault: JsonFault | undefined;
    if (quoted !== undefined) {
      fault = faultOfString(quoted, isKeyNext ? open.at(-1) : undefined);
      isKeyNext = false;
    } else if (mark !== undefined) {
      nest(open, mark);
      isKeyNext = (mark === '{' || mark === ',') && open.at(-1) instanceof Set;
      if (open.length > JSON_DEPTH_MAX) fault = 'too-deep';
    } else if (word !== undefined) fault = faultOfWord(word);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function nest(open: Open[], mark: string): void {
  if (mark === '{') open.push(new Set());
  else if (mark === '[') open.push('list');
  else if (mark === '}' || mark === ']') open.pop();
}

function faultOfString(quoted: string, keys: Open | undefined): JsonFault | undefined {
  const isKey = keys instanceof Set;
  const hasEscapes = quoted.includes('\\');
  if (!isKey && !hasEscapes) return undefined;
  const value = hasEscapes ? parseString(quoted) : quoted.slice(1, -1);
  if (value === undefined) return 'not-json';
  if (LONE_SURROGATE.test(value)) return 'lone-surrogate';
  if (!isKey) return undefined;
  if (value === '__proto__') return 'forbidden-key';
  if (keys.has(value)) return 'duplicate-key';
  keys.add(value);
  return undefined;
}

function parseString(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

function faultOfWord(word: string): JsonFault | undefined {
  const isEndless = NUMBER.test(word) && !Number.isFinite(Number(word)) && !isNaN(Number(word));
  return NOT_FINITE_WORD.test(word) || isEndless ? 'not-finite' : undefined;
}
