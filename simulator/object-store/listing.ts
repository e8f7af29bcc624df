import { S3Refusal } from './errors.ts';

/** Which keys a page is asked for. */
export interface PageRequest {
  readonly prefix: string;
  /** Empty for none. */
  readonly delimiter: string;
  /** Keys up to this one are left out; empty for none. */
  readonly startAfter: string;
  /** Where the page before ended. */
  readonly token: string | undefined;
  /** Keys and common prefixes together, 0 to 1000. */
  readonly maxKeys: number;
}

/** A page of a listing, in ascending order of UTF-8 bytes. */
export interface Page {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  /** Absent on the last page. */
  readonly nextToken: string | undefined;
}

/** Where a listing goes on: behind a key, or behind all keys that begin with a common prefix. */
interface Position {
  readonly kind: 'key' | 'prefix';
  readonly value: string;
}

/** Picks a page out of all keys of a bucket, given in any order. Throws `InvalidArgument` for a token that is not ours. */
export function pickPage(allKeys: readonly string[], request: PageRequest): Page {
  const { prefix, startAfter, maxKeys } = request;
  const after = request.token === undefined ? undefined : readToken(request.token);
  const candidates = allKeys.filter((key) => key.startsWith(prefix)).sort(compareKeys);
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last: Position | undefined;
  for (const key of candidates) {
    if (compareKeys(key, startAfter) <= 0 || (after !== undefined && isBefore(key, after)))
      continue;
    if (last?.kind === 'prefix' && key.startsWith(last.value)) continue;
    if (keys.length + commonPrefixes.length >= maxKeys) {
      return { keys, commonPrefixes, nextToken: last && writeToken(last) };
    }
    last = positionOf(key, request);
    (last.kind === 'key' ? keys : commonPrefixes).push(last.value);
  }
  return { keys, commonPrefixes, nextToken: undefined };
}

/** Compares two keys by their UTF-8 bytes, which JavaScript's `<` does not do beyond U+FFFF; negative if `a` comes first. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = utf8Rank(a.charCodeAt(index)) - utf8Rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** UTF-8 sorts by code point, so surrogates (U+D800–DFFF), which stand for U+10000 and up, come behind U+E000–FFFF. */
function utf8Rank(codeUnit: number): number {
  return codeUnit >= 0xd800 && codeUnit <= 0xdfff ? codeUnit + 0x10000 : codeUnit;
}

function positionOf(key: string, { prefix, delimiter }: PageRequest): Position {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  if (end < 0) return { kind: 'key', value: key };
  return { kind: 'prefix', value: key.slice(0, end + delimiter.length) };
}

function isBefore(key: string, position: Position): boolean {
  if (position.kind === 'prefix' && key.startsWith(position.value)) return true;
  return compareKeys(key, position.value) <= 0;
}

function writeToken(position: Position): string {
  return Buffer.from(`${position.kind}:${position.value}`, 'utf8').toString('base64url');
}

function readToken(token: string): Position {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const separator = text.indexOf(':');
  const kind = text.slice(0, separator);
  if (kind !== 'key' && kind !== 'prefix') {
    throw new S3Refusal('InvalidArgument', { message: 'The continuation token is not known.' });
  }
  return { kind, value: text.slice(separator + 1) };
}
