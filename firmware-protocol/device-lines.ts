/** What a step trainer says: typed lines, their encoder and their decoder. */
import { frameLine, findByteFault, LINE_END, stripCarriageReturn, unframeLine } from './framing.ts';
import type { FramingFault } from './framing.ts';
import { parseEvent, parseReading } from './device-events.ts';
import { parseResponse } from './device-responses.ts';
import { ruleBrokenBy } from './broken-rule.ts';
import type { RuleId } from './rules/rules.ts';

/** A reading came out later than it was due. */
export const FLAG_LATE = 0b001;
/** The distance is outside the sensor's range. */
export const FLAG_OUT_OF_RANGE = 0b010;
/** Readings were dropped in front of this one. */
export const FLAG_DROPPED_BEFORE = 0b100;

/** `=ERR` numbers. */
export const ERROR_CODES = {
  BAD_CRC: 1,
  TOO_LONG_OR_BAD_BYTE: 2,
  UNKNOWN: 3,
  BAD_ARG: 4,
  BAD_STATE: 5,
  BUSY: 6,
  SENSOR: 7,
} as const;
/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[keyof typeof ERROR_CODES];

/**
 * One distance reading. `ticks` are ms since boot (uint32), `seq` is 0–65535, `boot` four upper-case hex digits,
 * `distance` 0–65535, `flags` 0–255. A receiver ignores flag bits that it does not know.
 */
export interface Reading {
  readonly kind: 'reading';
  readonly boot: string;
  readonly seq: number;
  readonly ticks: number;
  readonly distance: number;
  readonly flags: number;
}

/**
 * What a device says of its own accord. `why` is 1–8 upper-case letters or digits; a fault's `code` is 0–99 and its
 * `text` up to 40 printable ASCII characters without `*`.
 */
export type DeviceEvent =
  | { readonly kind: 'boot'; readonly boot: string; readonly why: string }
  | { readonly kind: 'heartbeat'; readonly boot: string; readonly ticks: number }
  | { readonly kind: 'fault'; readonly code: number; readonly text: string };

/**
 * What a device answers; `tag` repeats the command's tag (up to four letters or digits) and is empty when there was none.
 *
 * `model` is 1–7 letters, digits or hyphens, `firmware` 1–8 of these or dots, `serialNumber` a lower-case UUID,
 * `options` up to six words of 1–8 upper-case letters or digits, rates 1–1000 Hz, `hostMs` 0 to 2^53 − 1. Within
 * these limits every response fits in a line.
 */
export type DeviceResponse =
  | {
      readonly kind: 'id';
      readonly tag: string;
      readonly model: string;
      readonly serialNumber: string;
      readonly firmware: string;
      readonly boot: string;
    }
  | {
      readonly kind: 'caps';
      readonly tag: string;
      readonly maxRateHz: number;
      readonly options: readonly string[];
    }
  | { readonly kind: 'started'; readonly tag: string; readonly rateHz: number }
  | { readonly kind: 'stopped'; readonly tag: string; readonly seq: number }
  | { readonly kind: 'pong'; readonly tag: string }
  | { readonly kind: 'rebooting'; readonly tag: string }
  | {
      readonly kind: 'synced';
      readonly tag: string;
      readonly hostMs: number;
      readonly rxTicks: number;
      readonly txTicks: number;
    }
  | { readonly kind: 'error'; readonly tag: string; readonly code: ErrorCode };

/**
 * Free text: logged, never interpreted. Up to 79 printable ASCII characters that do not end with `*` and four hex
 * digits: what does is a framed line whose class character was damaged.
 */
export interface FreeText {
  readonly kind: 'text';
  readonly text: string;
}

/** Every line that a device may send. */
export type DeviceLine = Reading | DeviceEvent | DeviceResponse | FreeText;

/** Why a line from a device was not understood. */
export type DeviceLineFault = FramingFault | 'unknown-class' | 'malformed' | 'quotes-frame';

/** A decoded line, or why it is none and which rule it breaks first. */
export type DecodedDeviceLine = DeviceLine | RejectedDeviceLine;

/** A line that is none of the grammar. */
export interface RejectedDeviceLine {
  readonly kind: 'rejected';
  readonly reason: DeviceLineFault;
  readonly rule: RuleId;
}

const ENDS_LIKE_FRAME = /\*[0-9A-Fa-f]{4}$/;

/** The bytes of a line as the device sends them, CR LF included. The caller keeps values within their ranges. */
export function encodeDeviceLine(line: DeviceLine): string {
  return line.kind === 'text' ? `#${line.text}${LINE_END}` : frameLine(formatDeviceLine(line));
}

/** Decodes one line (one byte per character, split at LF, with or without CR). Never throws. */
export function decodeDeviceLine(raw: string): DecodedDeviceLine {
  const line = stripCarriageReturn(raw);
  if (line.startsWith('#')) {
    const fault = findByteFault(line) ?? (ENDS_LIKE_FRAME.test(line) ? 'quotes-frame' : undefined);
    return fault === undefined ? { kind: 'text', text: line.slice(1) } : reject(line, fault);
  }
  const unframed = unframeLine(line);
  if (unframed.kind === 'rejected') return reject(line, unframed.reason);
  const fields = unframed.text.slice(1).split(',');
  switch (unframed.text[0]) {
    case '$':
      return parseReading(fields) ?? reject(line, 'malformed');
    case '!':
      return parseEvent(fields) ?? reject(line, 'malformed');
    case '=':
      return parseResponse(fields) ?? reject(line, 'malformed');
    default:
      return reject(line, 'unknown-class');
  }
}

function reject(line: string, reason: DeviceLineFault): RejectedDeviceLine {
  return { kind: 'rejected', reason, rule: ruleBrokenBy(line, reason) };
}

function formatDeviceLine(line: Exclude<DeviceLine, FreeText>): string {
  switch (line.kind) {
    case 'reading':
      return `$R,${line.boot},${line.seq},${line.ticks},${line.distance},${line.flags}`;
    case 'boot':
      return `!BOOT,${line.boot},${line.why}`;
    case 'heartbeat':
      return `!HB,${line.boot},${line.ticks}`;
    case 'fault':
      return `!E,${line.code},${line.text}`;
    default:
      return formatResponse(line);
  }
}

function formatResponse(line: DeviceResponse): string {
  switch (line.kind) {
    case 'id':
      return `=ID,${line.tag},1,STEDI,${line.model},${line.serialNumber},${line.firmware},${line.boot}`;
    case 'caps':
      return `=CAPS,${line.tag},R${line.maxRateHz},${line.options.join('+')}`;
    case 'started':
      return `=OK,${line.tag},START,${line.rateHz}`;
    case 'stopped':
      return `=OK,${line.tag},STOP,${line.seq}`;
    case 'pong':
      return `=OK,${line.tag},PING,`;
    case 'rebooting':
      return `=OK,${line.tag},REBOOT,`;
    case 'synced':
      return `=SYNC,${line.tag},${line.hostMs},${line.rxTicks},${line.txTicks}`;
    case 'error':
      return `=ERR,${line.tag},${line.code}`;
  }
}
