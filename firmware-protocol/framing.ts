/**
 * Framing of STL/1 lines. A line is ASCII, one byte per character:
 *
 * | offset   | size | content                                                        |
 * |----------|------|----------------------------------------------------------------|
 * | 0        | 1    | class: `$` reading, `=` response, `!` event, `#` free text     |
 * | 1        | n    | body, bytes 0x20–0x7E without `*`                              |
 * | 1+n      | 1    | `*`, not on free text                                          |
 * | 2+n      | 4    | CRC-16/CCITT-FALSE of the bytes before `*`, upper-case hex     |
 * | 6+n      | 2    | CR LF; LF alone is accepted                                    |
 */
import { crc16CcittFalse, formatCrc } from './crc16.ts';

/** The longest line in bytes, CR LF included. */
export const MAX_LINE_BYTES = 82;
/** The longest line in bytes of a device that sends bare JSON records (conformance level 0). */
export const MAX_RAW_LINE_BYTES = 512;
/** What ends every line that we send. */
export const LINE_END = '\r\n';

const CRC_DIGITS = 4;

/** Why a line is not a frame. */
export type FramingFault = 'empty' | 'too-long' | 'bad-byte' | 'no-crc' | 'bad-crc';

/** The text of a line in front of its CRC, or why there is none. */
export type Unframed =
  | { readonly kind: 'framed'; readonly text: string }
  | { readonly kind: 'rejected'; readonly reason: FramingFault };

/** Puts the CRC and the line end behind `text` (class and body). The caller keeps it within {@link MAX_LINE_BYTES}. */
export function frameLine(text: string): string {
  return `${text}*${formatCrc(crc16CcittFalse(text))}${LINE_END}`;
}

/** Takes one CR away from the end of a line that was split at LF. */
export function stripCarriageReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Checks length and bytes of a line without its line end; `undefined` when both are right. */
export function findByteFault(line: string): 'empty' | 'too-long' | 'bad-byte' | undefined {
  if (line.length === 0) return 'empty';
  if (line.length > MAX_LINE_BYTES - LINE_END.length) return 'too-long';
  for (let index = 0; index < line.length; index++) {
    const byte = line.charCodeAt(index);
    if (byte < 0x20 || byte > 0x7e) return 'bad-byte';
  }
  return undefined;
}

/** Checks the CRC of a line without its line end, and gives back what it protects. */
export function unframeLine(line: string): Unframed {
  const byteFault = findByteFault(line);
  if (byteFault !== undefined) return { kind: 'rejected', reason: byteFault };
  const star = line.length - CRC_DIGITS - 1;
  if (star < 1 || line[star] !== '*') return { kind: 'rejected', reason: 'no-crc' };
  // Comparing digits, not numbers, refuses lower-case hex: a frame has exactly one spelling.
  if (line.slice(star + 1) !== formatCrc(crc16CcittFalse(line, star))) {
    return { kind: 'rejected', reason: 'bad-crc' };
  }
  return { kind: 'framed', text: line.slice(0, star) };
}
