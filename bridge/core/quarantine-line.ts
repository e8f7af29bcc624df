/**
 * One line of quarantine: what could not be taken, as it came, and why. Only `original` and `originalTopic` hold what
 * somebody sent; reason, rule, source and position are ours and name nobody.
 */

/** Something that a bridge could not take. */
export interface QuarantineEntry {
  /** A stable code in kebab-case, one of a fixed list. */
  readonly reason: string;
  /** The rule of the protocol (`STL-…`) or the column that it breaks (`<table>.<column>`), where one is known. */
  readonly rule?: string | undefined;
  /** The serial port by its path, or the topic; `mqtt` where the topic is none of ours. */
  readonly source: string;
  /** Where in the source: at a serial port the number of the line since it was opened, from 1; in a batch that of the sample. */
  readonly position?: number | undefined;
  /** When it came, in whole epoch ms. */
  readonly arrivedAt: number;
  /** The bytes as they came: of a line without its LF. */
  readonly original: Uint8Array;
  /** How many bytes it lacks at its end, where somebody has cut it already. */
  readonly omittedBytes?: number | undefined;
  /** A topic that is none of ours. */
  readonly originalTopic?: string | undefined;
}

/** How many bytes of an original are kept; a line says with `originalBytes` when there were more. */
export const ORIGINAL_BYTES_MAX: number = 1 << 20;

const ENCODER = new TextEncoder();

/** The entry as a line of JSON with its LF: `original` is text where the bytes are UTF-8, else base64. */
export function encodeQuarantineLine(entry: QuarantineEntry): Uint8Array {
  const { reason, rule, source, position, arrivedAt, omittedBytes = 0, originalTopic } = entry;
  const kept = entry.original.subarray(0, ORIGINAL_BYTES_MAX);
  const text = decodeUtf8(kept);
  const originalBytes = entry.original.length + omittedBytes;
  const line = JSON.stringify({
    reason,
    rule,
    source,
    position,
    arrivedAt,
    encoding: text === undefined ? 'base64' : 'utf8',
    original: text ?? encodeBase64(kept),
    originalBytes: kept.length < originalBytes ? originalBytes : undefined,
    originalTopic,
  });
  return ENCODER.encode(`${line}\n`);
}

/** The name of a column as a rule that a record may break; `undefined` when no column is at fault. */
export function columnRule(table: string, column: string | undefined): string | undefined {
  return column === undefined ? undefined : `${table}.${column}`;
}

/** The text of bytes; `undefined` when they are no UTF-8. A byte order mark is part of the text. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The bytes that a line of quarantine keeps, from its `encoding` and `original`. */
export function decodeQuarantinedBytes(encoding: unknown, original: string): Uint8Array {
  return encoding === 'base64' ? bytesOfLatin1(atob(original)) : ENCODER.encode(original);
}

/** The bytes of a line that has one character for each. */
export function bytesOfLatin1(line: string): Uint8Array {
  return Uint8Array.from(line, (character) => character.charCodeAt(0));
}

function encodeBase64(bytes: Uint8Array): string {
  const PIECE = 0x1000;
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return btoa(text);
}
