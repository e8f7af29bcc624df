/** Devices of conformance level 0 send the landing record itself, as a line of JSON without any protection. */

import { bytesOfLatin1, decodeUtf8 } from './quarantine-line.ts';
import { parseStrictJson } from './strict-json.ts';
import type { JsonFault } from './strict-json.ts';

/** A parsed line, or why it has no value. */
export type ParsedRawRecord =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: JsonFault | 'not-utf8' };

/** True when a line looks like a raw record. */
export function isRawRecord(line: string): boolean {
  return line.startsWith('{');
}

/** The value of a raw record (one byte per character), or why there is none. */
export function parseRawRecord(line: string): ParsedRawRecord {
  const text = decodeUtf8(bytesOfLatin1(line));
  return text === undefined ? { ok: false, reason: 'not-utf8' } : parseStrictJson(text);
}
