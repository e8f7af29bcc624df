/** Grammar of readings (`$`) and events (`!`). Fields are the comma-separated parts behind the class character. */
import type { DeviceEvent, Reading } from './device-lines.ts';
import { DISTANCE_MAX, FLAGS_MAX, isBootId, readDecimal, SEQ_MAX, TICKS_MAX } from './fields.ts';

/** Largest number of an asynchronous fault. */
const FAULT_CODE_MAX = 99;
const REASON = /^[A-Z0-9]{1,8}$/;
const FAULT_TEXT = /^[^*]{0,40}$/;

/** `R,<boot>,<seq>,<ticks>,<distance>,<flags>`, or `undefined`. */
export function parseReading(fields: readonly string[]): Reading | undefined {
  const [verb, boot] = fields;
  if (fields.length !== 6 || verb !== 'R' || !isBootId(boot)) return undefined;
  const seq = readDecimal(fields[2], SEQ_MAX);
  const ticks = readDecimal(fields[3], TICKS_MAX);
  const distance = readDecimal(fields[4], DISTANCE_MAX);
  const flags = readDecimal(fields[5], FLAGS_MAX);
  if (seq === undefined || ticks === undefined || distance === undefined || flags === undefined) {
    return undefined;
  }
  return { kind: 'reading', boot, seq, ticks, distance, flags };
}

/** `BOOT,<boot>,<why>`, `HB,<boot>,<ticks>` or `E,<code>,<text>`, or `undefined`. */
export function parseEvent(fields: readonly string[]): DeviceEvent | undefined {
  switch (fields[0]) {
    case 'BOOT':
      return parseBoot(fields);
    case 'HB':
      return parseHeartbeat(fields);
    case 'E':
      return parseFault(fields);
    default:
      return undefined;
  }
}

function parseBoot(fields: readonly string[]): DeviceEvent | undefined {
  const [, boot, why] = fields;
  if (fields.length !== 3 || !isBootId(boot) || why === undefined || !REASON.test(why)) {
    return undefined;
  }
  return { kind: 'boot', boot, why };
}

function parseHeartbeat(fields: readonly string[]): DeviceEvent | undefined {
  const [, boot] = fields;
  const ticks = readDecimal(fields[2], TICKS_MAX);
  if (fields.length !== 3 || !isBootId(boot) || ticks === undefined) return undefined;
  return { kind: 'heartbeat', boot, ticks };
}

function parseFault(fields: readonly string[]): DeviceEvent | undefined {
  const code = readDecimal(fields[1], FAULT_CODE_MAX);
  // The text is the rest of the line: it may hold commas.
  const text = fields.slice(2).join(',');
  if (fields.length < 3 || code === undefined || !FAULT_TEXT.test(text)) return undefined;
  return { kind: 'fault', code, text };
}
