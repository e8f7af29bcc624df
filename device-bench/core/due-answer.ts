/** What a line of the host is to be answered with. */
import {
  decodeHostCommand,
  ERROR_CODES,
  LINE_END,
  MAX_LINE_BYTES,
} from '../../firmware-protocol/index.ts';
import type { HostCommand, RuleId } from '../../firmware-protocol/index.ts';
import type { MeantResponse } from './meant-line.ts';

/** Why a line is to be refused, by the rule that says so. */
export type RefusalRuleId = RuleId & (`STL-ERR-${string}` | 'STL-CMD-009');

/** What is due for a line: nothing, one error, or what its command asks for. */
export type Due =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'error';
      readonly tag: string;
      readonly code: number;
      readonly rule: RefusalRuleId;
      /** The command that is refused for its CRC or its argument, if it can be told. */
      readonly verb: string;
    }
  | { readonly kind: 'command'; readonly tag: string; readonly command: HostCommand };

/** What a device said about itself; `undefined` where it has not. */
export interface Capabilities {
  readonly maxRateHz: number | undefined;
  readonly options: readonly string[] | undefined;
}

/** The longest line without its line end. */
const TEXT_BYTES_MAX = MAX_LINE_BYTES - LINE_END.length;
const VERBS: readonly string[] = ['ID?', 'CAPS?', 'START', 'STOP', 'SYNC', 'PING', 'REBOOT'];

/** What is due for `line` (without LF, with or without CR). */
export function dueAnswer(line: string, capabilities: Capabilities): Due {
  const decoded = decodeHostCommand(line);
  if (decoded.kind === 'nothing') return decoded;
  const verb = readVerb(line);
  if (decoded.kind === 'rejected') {
    const { tag, code } = decoded;
    return { kind: 'error', tag, code, rule: findRefusalRule(line, code, verb), verb };
  }
  const { tag, command } = decoded;
  const tooFast =
    command.kind === 'start' &&
    capabilities.maxRateHz !== undefined &&
    command.rateHz > capabilities.maxRateHz;
  if (tooFast) {
    return { kind: 'error', tag, code: ERROR_CODES.BAD_ARG, rule: 'STL-ERR-005', verb };
  }
  if (command.kind === 'reboot' && capabilities.options?.includes('REBOOT') === false) {
    return { kind: 'error', tag, code: ERROR_CODES.UNKNOWN, rule: 'STL-ERR-004', verb };
  }
  return { kind: 'command', tag, command };
}

/** True when a response is of the kind that is due. */
export function isDueKind(due: Due, response: MeantResponse): boolean {
  if (due.kind === 'nothing') return false;
  if (due.kind === 'error') return response.kind === 'error';
  switch (due.command.kind) {
    case 'identify':
      return response.kind === 'id';
    case 'capabilities':
      return response.kind === 'caps';
    case 'sync':
      return response.kind === 'sync';
    default:
      return response.kind === 'ok' && response.verb === verbOf(due.command);
  }
}

/** The verb of a command as it stands on the wire. */
export function verbOf(command: HostCommand): string {
  switch (command.kind) {
    case 'identify':
      return 'ID?';
    case 'capabilities':
      return 'CAPS?';
    default:
      return command.kind.toUpperCase();
  }
}

function readVerb(line: string): string {
  const text = line.replace(/^@\S* /, '').replace(/\*[^*]*$/, '');
  return text.trim().split(' ')[0] ?? '';
}

function findRefusalRule(line: string, code: number, verb: string): RefusalRuleId {
  switch (code) {
    case ERROR_CODES.BAD_CRC:
      return 'STL-ERR-001';
    case ERROR_CODES.TOO_LONG_OR_BAD_BYTE:
      return line.replace(/\r$/, '').length > TEXT_BYTES_MAX ? 'STL-ERR-002' : 'STL-ERR-003';
    case ERROR_CODES.UNKNOWN:
      return isMisspelt(verb) ? 'STL-CMD-009' : 'STL-ERR-004';
    default:
      return 'STL-ERR-005';
  }
}

/** True for a verb in other case, a part of one, or one with more behind it. */
function isMisspelt(verb: string): boolean {
  const upper = verb.toUpperCase();
  return verb.length > 1 && VERBS.some((due) => due.startsWith(upper) || upper.startsWith(due));
}
