/** What a host asks a step trainer: `[@tag ]VERB[ argument][*CRC4]`, the encoder and the device's decoder. */
import { crc16CcittFalse, formatCrc } from './crc16.ts';
import { ERROR_CODES } from './device-lines.ts';
import type { ErrorCode } from './device-lines.ts';
import { RATE_HZ_MAX, readDecimal, SEQ_MAX, TICKS_MAX } from './fields.ts';
import { findByteFault, frameLine, stripCarriageReturn } from './framing.ts';
import type { RuleId } from './rules/rules.ts';

/**
 * A command. `rateHz` is 1–1000; `hostMs` is the host's clock in epoch ms and comes back unchanged; `seq` (0–65535) and
 * `ticks` (uint32) are what the counters begin with after the reboot.
 *
 * A command that lost its `*` looks like a typed one (`START 50*9240` cut short becomes `START 5`), and no decoder can
 * tell. That is why responses repeat the value: a host compares it and asks again when it differs.
 */
export type HostCommand =
  | { readonly kind: 'identify' }
  | { readonly kind: 'capabilities' }
  | { readonly kind: 'start'; readonly rateHz: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'sync'; readonly hostMs: number }
  | { readonly kind: 'ping' }
  | { readonly kind: 'reboot'; readonly seq: number; readonly ticks: number };

/** A command as the device decodes it: an empty line asks nothing, a wrong one is answered with an error. */
export type DecodedHostCommand =
  | { readonly kind: 'command'; readonly tag: string; readonly command: HostCommand }
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'rejected';
      readonly tag: string;
      readonly code: ErrorCode;
      /** The rule that asks for this error. */
      readonly rule: RuleId;
    };

const VERBS = new Set(['ID?', 'CAPS?', 'START', 'STOP', 'SYNC', 'PING', 'REBOOT']);
/** The options that offer a command. */
const COMMAND_OPTIONS: readonly string[] = ['SYNC', 'REBOOT'];
const CRC_SUFFIX = /\*([^*]*)$/;
const TAGGED = /^@([0-9A-Za-z]{1,4}) (.*)$/;

/** The bytes of a command with its tag and CRC, CR LF included. The caller keeps values within their ranges. */
export function encodeHostCommand(tag: string, command: HostCommand): string {
  return frameLine(tag === '' ? formatCommand(command) : `@${tag} ${formatCommand(command)}`);
}

/**
 * Decodes one command line (one byte per character, split at LF, with or without CR and CRC). Never throws.
 *
 * `options` are those that the device names in `=CAPS`, all if not given: the command of another option is unknown.
 */
export function decodeHostCommand(
  raw: string,
  options: readonly string[] = COMMAND_OPTIONS,
): DecodedHostCommand {
  const line = stripCarriageReturn(raw);
  const fault = findByteFault(line);
  if (fault === 'empty') return { kind: 'nothing' };
  if (fault !== undefined) {
    const rule = fault === 'too-long' ? 'STL-ERR-002' : 'STL-ERR-003';
    return reject('', ERROR_CODES.TOO_LONG_OR_BAD_BYTE, rule);
  }
  const suffix = CRC_SUFFIX.exec(line);
  const text = suffix === null ? line : line.slice(0, suffix.index);
  // After a wrong CRC not even the tag can be believed, so the answer carries none.
  if (suffix !== null && suffix[1] !== formatCrc(crc16CcittFalse(text))) {
    return reject('', ERROR_CODES.BAD_CRC, 'STL-ERR-001');
  }
  return decodeText(text, options);
}

function decodeText(text: string, options: readonly string[]): DecodedHostCommand {
  const tagged = TAGGED.exec(text);
  if (text.startsWith('@') && tagged === null) {
    return reject('', ERROR_CODES.BAD_ARG, 'STL-ERR-005');
  }
  const tag = tagged?.[1] ?? '';
  const [verb = '', ...args] = (tagged?.[2] ?? text).split(' ');
  const isOffered = !COMMAND_OPTIONS.includes(verb) || options.includes(verb);
  const command = isOffered ? decodeVerb(verb, args) : ERROR_CODES.UNKNOWN;
  if (typeof command !== 'number') return { kind: 'command', tag, command };
  return reject(tag, command, ruleOfRefusal(verb, command));
}

function ruleOfRefusal(verb: string, code: ErrorCode): RuleId {
  if (code === ERROR_CODES.BAD_ARG) return 'STL-ERR-005';
  return !VERBS.has(verb) && VERBS.has(verb.toUpperCase()) ? 'STL-CMD-009' : 'STL-ERR-004';
}

function decodeVerb(verb: string, args: readonly string[]): HostCommand | ErrorCode {
  switch (verb) {
    case 'ID?':
      return withoutArguments(args, { kind: 'identify' });
    case 'CAPS?':
      return withoutArguments(args, { kind: 'capabilities' });
    case 'STOP':
      return withoutArguments(args, { kind: 'stop' });
    case 'PING':
      return withoutArguments(args, { kind: 'ping' });
    case 'START':
      return decodeStart(args);
    case 'SYNC':
      return decodeSync(args);
    case 'REBOOT':
      return decodeReboot(args);
    default:
      return ERROR_CODES.UNKNOWN;
  }
}

function withoutArguments(args: readonly string[], command: HostCommand): HostCommand | ErrorCode {
  return args.length === 0 ? command : ERROR_CODES.BAD_ARG;
}

function decodeStart(args: readonly string[]): HostCommand | ErrorCode {
  const rateHz = args.length === 1 ? readDecimal(args[0], RATE_HZ_MAX) : undefined;
  return rateHz ? { kind: 'start', rateHz } : ERROR_CODES.BAD_ARG;
}

function decodeSync(args: readonly string[]): HostCommand | ErrorCode {
  const hostMs = args.length === 1 ? readDecimal(args[0], Number.MAX_SAFE_INTEGER) : undefined;
  return hostMs === undefined ? ERROR_CODES.BAD_ARG : { kind: 'sync', hostMs };
}

function decodeReboot(args: readonly string[]): HostCommand | ErrorCode {
  const seq = readDecimal(args[0], SEQ_MAX);
  const ticks = readDecimal(args[1], TICKS_MAX);
  if (args.length !== 2 || seq === undefined || ticks === undefined) return ERROR_CODES.BAD_ARG;
  return { kind: 'reboot', seq, ticks };
}

function reject(tag: string, code: ErrorCode, rule: RuleId): DecodedHostCommand {
  return { kind: 'rejected', tag, code, rule };
}

function formatCommand(command: HostCommand): string {
  switch (command.kind) {
    case 'identify':
      return 'ID?';
    case 'capabilities':
      return 'CAPS?';
    case 'start':
      return `START ${command.rateHz}`;
    case 'stop':
      return 'STOP';
    case 'sync':
      return `SYNC ${command.hostMs}`;
    case 'ping':
      return 'PING';
    case 'reboot':
      return `REBOOT ${command.seq} ${command.ticks}`;
  }
}
