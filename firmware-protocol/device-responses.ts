/** Grammar of responses (`=`). Fields are the comma-separated parts behind the class character. */
import type { DeviceResponse, ErrorCode } from './device-lines.ts';
import {
  isBootId,
  isSerialNumber,
  isTag,
  readDecimal,
  RATE_HZ_MAX,
  SEQ_MAX,
  TICKS_MAX,
} from './fields.ts';

const PROTOCOL_VERSION = '1';
const MAKER = 'STEDI';
// Seven characters and not eight: with a tag of four and firmware of eight, `=ID` then fills its 82 bytes exactly.
const MODEL = /^[0-9A-Za-z-]{1,7}$/;
const FIRMWARE = /^[0-9A-Za-z.-]{1,8}$/;
// At most six options, so that the longest `=CAPS` fits in a line.
const OPTIONS = /^(?:[A-Z0-9]{1,8}(?:\+[A-Z0-9]{1,8}){0,5})?$/;
const LAST_ERROR_CODE = 7;

/** `ID,…`, `CAPS,…`, `OK,…`, `SYNC,…` or `ERR,…`, or `undefined`. */
export function parseResponse(fields: readonly string[]): DeviceResponse | undefined {
  const [verb, tag] = fields;
  if (!isTag(tag)) return undefined;
  switch (verb) {
    case 'ID':
      return parseId(tag, fields);
    case 'CAPS':
      return parseCaps(tag, fields);
    case 'OK':
      return parseOk(tag, fields);
    case 'SYNC':
      return parseSync(tag, fields);
    case 'ERR':
      return parseError(tag, fields);
    default:
      return undefined;
  }
}

function parseId(tag: string, fields: readonly string[]): DeviceResponse | undefined {
  const [, , version, maker, model = '', serialNumber, firmware = '', boot] = fields;
  if (fields.length !== 8 || version !== PROTOCOL_VERSION || maker !== MAKER) return undefined;
  if (!MODEL.test(model) || !FIRMWARE.test(firmware)) return undefined;
  if (!isSerialNumber(serialNumber) || !isBootId(boot)) return undefined;
  return { kind: 'id', tag, model, serialNumber, firmware, boot };
}

function parseCaps(tag: string, fields: readonly string[]): DeviceResponse | undefined {
  const [, , rate = '', options = ''] = fields;
  const maxRateHz = rate.startsWith('R') ? readDecimal(rate.slice(1), RATE_HZ_MAX) : undefined;
  if (fields.length !== 4 || !maxRateHz || !OPTIONS.test(options)) return undefined;
  return { kind: 'caps', tag, maxRateHz, options: options === '' ? [] : options.split('+') };
}

function parseOk(tag: string, fields: readonly string[]): DeviceResponse | undefined {
  const [, , verb, value] = fields;
  if (fields.length !== 4) return undefined;
  if (verb === 'PING') return value === '' ? { kind: 'pong', tag } : undefined;
  if (verb === 'REBOOT') return value === '' ? { kind: 'rebooting', tag } : undefined;
  if (verb === 'START') {
    const rateHz = readDecimal(value, RATE_HZ_MAX);
    return rateHz ? { kind: 'started', tag, rateHz } : undefined;
  }
  const seq = verb === 'STOP' ? readDecimal(value, SEQ_MAX) : undefined;
  return seq === undefined ? undefined : { kind: 'stopped', tag, seq };
}

function parseSync(tag: string, fields: readonly string[]): DeviceResponse | undefined {
  const hostMs = readDecimal(fields[2], Number.MAX_SAFE_INTEGER);
  const rxTicks = readDecimal(fields[3], TICKS_MAX);
  const txTicks = readDecimal(fields[4], TICKS_MAX);
  if (fields.length !== 5) return undefined;
  if (hostMs === undefined || rxTicks === undefined || txTicks === undefined) return undefined;
  return { kind: 'synced', tag, hostMs, rxTicks, txTicks };
}

function parseError(tag: string, fields: readonly string[]): DeviceResponse | undefined {
  const code = readDecimal(fields[2], LAST_ERROR_CODE);
  return fields.length === 3 && code ? { kind: 'error', tag, code: code as ErrorCode } : undefined;
}
