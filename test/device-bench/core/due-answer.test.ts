import { describe, expect, it, test } from 'vitest';
import { dueAnswer, isDueKind, verbOf } from '../../../device-bench/core/due-answer.ts';
import type { Capabilities, Due } from '../../../device-bench/core/due-answer.ts';
import type { MeantResponse } from '../../../device-bench/core/meant-line.ts';
import { encodeHostCommand } from '../../../firmware-protocol/index.ts';
import type { HostCommand } from '../../../firmware-protocol/index.ts';
import { frameLine } from '../../../firmware-protocol/framing.ts';

const UNKNOWN: Capabilities = { maxRateHz: undefined, options: undefined };
const KNOWN: Capabilities = { maxRateHz: 100, options: ['SYNC'] };

const COMMANDS: readonly HostCommand[] = [
  { kind: 'identify' },
  { kind: 'capabilities' },
  { kind: 'start', rateHz: 100 },
  { kind: 'stop' },
  { kind: 'sync', hostMs: 1 },
  { kind: 'ping' },
  { kind: 'reboot', seq: 65_535, ticks: 4_294_967_295 },
];

const RESPONSES: readonly MeantResponse[] = [
  { kind: 'id', tag: 'a', model: 'm', serial: 's', firmware: '1', boot: '7F3A' },
  { kind: 'caps', tag: 'a', maxRateHz: 100, options: [] },
  { kind: 'ok', tag: 'a', verb: 'START', value: '100' },
  { kind: 'ok', tag: 'a', verb: 'STOP', value: '0' },
  { kind: 'sync', tag: 'a', hostMs: '1', rxTicks: 1, txTicks: 2 },
  { kind: 'ok', tag: 'a', verb: 'PING', value: '' },
  { kind: 'ok', tag: 'a', verb: 'REBOOT', value: '' },
];

describe('dueAnswer', () => {
  test.each(COMMANDS)('to $kind is what it asks for, with its tag', (command) => {
    const line = encodeHostCommand('a', command);
    const due = dueAnswer(line.replace('\n', ''), UNKNOWN);
    expect(due).toEqual({ kind: 'command', tag: 'a', command });
    expect(line.slice('@a '.length).startsWith(verbOf(command))).toBe(true);
  });

  it.each(['', '\r'])('is nothing to the empty line %j', (line) => {
    expect(dueAnswer(line, KNOWN)).toEqual({ kind: 'nothing' });
  });

  it.each([
    ['@a PING*0000', '', 1, 'STL-ERR-001', 'PING'],
    ['@a START 5*', '', 1, 'STL-ERR-001', 'START'],
    [`${'X'.repeat(81)}\r`, '', 2, 'STL-ERR-002', 'X'.repeat(81)],
    [`${'X'.repeat(79)}\t\r`, '', 2, 'STL-ERR-003', 'X'.repeat(79)],
    ['@a JUMP', 'a', 3, 'STL-ERR-004', 'JUMP'],
    ['@a S', 'a', 3, 'STL-ERR-004', 'S'],
    ['@a ping', 'a', 3, 'STL-CMD-009', 'ping'],
    ['@a PINGS', 'a', 3, 'STL-CMD-009', 'PINGS'],
    ['@a STO', 'a', 3, 'STL-CMD-009', 'STO'],
    ['@a START 0', 'a', 4, 'STL-ERR-005', 'START'],
    ['@a-b PING', '', 4, 'STL-ERR-005', 'PING'],
  ])('to %j is an error', (line, tag, code, rule, verb) => {
    expect(dueAnswer(line, UNKNOWN)).toEqual({ kind: 'error', tag, code, rule, verb });
  });

  it('to a line of the greatest length is not that it is too long', () => {
    expect(dueAnswer(`${'X'.repeat(80)}\r`, UNKNOWN)).toMatchObject({ rule: 'STL-ERR-004' });
  });

  it('depends on what the device said of itself, where it did', () => {
    const fast = frameLine('@a START 101').trimEnd();
    expect(dueAnswer(fast, KNOWN)).toMatchObject({ code: 4, rule: 'STL-ERR-005', tag: 'a' });
    expect(dueAnswer(fast, UNKNOWN)).toMatchObject({ kind: 'command' });
    expect(dueAnswer('START 100', KNOWN)).toMatchObject({ kind: 'command' });
    expect(dueAnswer('REBOOT 0 0', KNOWN)).toMatchObject({ code: 3, rule: 'STL-ERR-004' });
    expect(dueAnswer('REBOOT 0 0', UNKNOWN)).toMatchObject({ kind: 'command' });
    expect(dueAnswer('REBOOT 0 0', { ...KNOWN, options: ['REBOOT'] })).toMatchObject({
      kind: 'command',
    });
  });
});

describe('isDueKind', () => {
  const refusal: MeantResponse = { kind: 'error', tag: 'a', code: 3 };

  test.each(COMMANDS.map((command, index) => ({ command, index })))(
    'takes one response for $command.kind',
    ({ command, index }) => {
      const due: Due = { kind: 'command', tag: 'a', command };
      const fitting = RESPONSES.filter((response) => isDueKind(due, response));
      expect(fitting).toEqual([RESPONSES[index]]);
      expect(isDueKind(due, refusal)).toBe(false);
    },
  );

  it('takes an error, whatever its number, where one is due, and nothing where nothing is', () => {
    const due = dueAnswer('@a JUMP', UNKNOWN);
    const all = [...RESPONSES, refusal];
    expect(all.filter((response) => isDueKind(due, { ...response }))).toEqual([refusal]);
    expect(isDueKind(due, { kind: 'error', tag: '', code: 4 })).toBe(true);
    expect(all.some((response) => isDueKind({ kind: 'nothing' }, response))).toBe(false);
  });
});
