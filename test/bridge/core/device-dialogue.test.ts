import { describe, expect, it } from 'vitest';
import {
  answerMs,
  ask,
  askAgain,
  conclude,
  findAnswered,
  NEW_DIALOGUE,
} from '../../../bridge/core/device-dialogue.ts';
import type { Dialogue } from '../../../bridge/core/device-dialogue.ts';
import { decodeHostCommand } from '../../../firmware-protocol/index.ts';
import type { DeviceResponse, HostCommand } from '../../../firmware-protocol/index.ts';

const AT_MS = 5_000.25;
const IDENTITY = {
  kind: 'id',
  model: 'ST-1',
  serialNumber: '5f8c2d1e-0a3b-4c5d-8e9f-001122334455',
  firmware: '1.0.0',
  boot: '7F3A',
} as const;

const asked = (command: HostCommand, atMs = AT_MS): Dialogue =>
  ask(NEW_DIALOGUE, command, atMs).dialogue;

describe('answerMs', () => {
  it('is 400 ms, or 150 real ms where a clock runs so fast that these are more', () => {
    expect([1, 2, 4, 10, 20].map(answerMs)).toEqual([400, 400, 600, 1_500, 3_000]);
  });

  it('is kept for every command and every repetition of a dialogue', () => {
    const patient = { ...NEW_DIALOGUE, patienceMs: 3_000 };
    const first = ask(patient, { kind: 'identify' }, AT_MS);
    expect(first.deadlineMs).toBe(AT_MS + 3_000);
    expect(askAgain(first.dialogue, AT_MS + 3_000)?.deadlineMs).toBe(AT_MS + 6_000);
  });
});

describe('ask', () => {
  it('sends the command with a tag and a CRC, and waits 400 ms for the answer', () => {
    const { dialogue, text, deadlineMs } = ask(NEW_DIALOGUE, { kind: 'identify' }, AT_MS);
    expect(decodeHostCommand(text.slice(0, -1))).toEqual({
      kind: 'command',
      tag: '1',
      command: { kind: 'identify' },
    });
    expect(text).toMatch(/^@1 ID\?\*[0-9A-F]{4}\r\n$/);
    expect(deadlineMs).toBe(AT_MS + 400);
    expect(dialogue).toEqual({
      nextTag: 2,
      patienceMs: 400,
      pending: {
        command: { kind: 'identify' },
        tag: '1',
        sentMs: AT_MS,
        sentBytes: text.length,
        attempts: 1,
        deadlineMs: AT_MS + 400,
      },
    });
  });

  it('gives up a command that still waits', () => {
    const { dialogue } = ask(asked({ kind: 'ping' }), { kind: 'stop' }, AT_MS + 10);
    expect(dialogue.pending).toMatchObject({ tag: '2', command: { kind: 'stop' }, attempts: 1 });
    expect(findAnswered(dialogue, { kind: 'pong', tag: '1' })).toBeUndefined();
  });

  it('counts tags from 1 to 9999 and begins again, so that none is too long', () => {
    const last: Dialogue = { ...NEW_DIALOGUE, nextTag: 9_999 };
    const { dialogue, text } = ask(last, { kind: 'sync', hostMs: 253_402_300_799_999 }, AT_MS);
    expect(text).toContain('@9999 ');
    expect(text.length).toBeLessThanOrEqual(82);
    expect(dialogue.nextTag).toBe(1);
    expect(ask(dialogue, { kind: 'ping' }, AT_MS).text).toContain('@1 ');
  });
});

describe('askAgain', () => {
  it('repeats twice, each time with a new tag and deadline', () => {
    let dialogue = asked({ kind: 'capabilities' });
    for (const attempts of [2, 3]) {
      const again = askAgain(dialogue, AT_MS + attempts);
      expect(again?.text).toContain(`@${attempts} CAPS?*`);
      dialogue = (again as NonNullable<typeof again>).dialogue;
      expect(dialogue.pending).toMatchObject({
        attempts,
        sentMs: AT_MS + attempts,
        deadlineMs: AT_MS + attempts + 400,
      });
    }
    expect(askAgain(dialogue, AT_MS + 4)).toBeUndefined();
  });

  it('repeats SYNC with the time of the attempt', () => {
    const again = askAgain(asked({ kind: 'sync', hostMs: 5_000 }), 5_400.75);
    expect(again?.dialogue.pending?.command).toEqual({ kind: 'sync', hostMs: 5_401 });
  });

  it('has nothing to repeat when nothing waits', () => {
    expect(askAgain(NEW_DIALOGUE, AT_MS)).toBeUndefined();
    expect(askAgain(conclude(asked({ kind: 'ping' })), AT_MS)).toBeUndefined();
  });
});

describe('findAnswered', () => {
  type Row = readonly [string, HostCommand, DeviceResponse, boolean];
  it.each<Row>([
    ['the answer', { kind: 'identify' }, { ...IDENTITY, tag: '1' }, true],
    ['the answer', { kind: 'capabilities' }, caps('1'), true],
    ['the answer', { kind: 'start', rateHz: 50 }, started('1', 50), true],
    ['the answer', { kind: 'stop' }, { kind: 'stopped', tag: '1', seq: 0 }, true],
    ['the answer', { kind: 'sync', hostMs: 7 }, synced('1', 7), true],
    ['the answer', { kind: 'ping' }, { kind: 'pong', tag: '1' }, true],
    ['an error', { kind: 'start', rateHz: 50 }, { kind: 'error', tag: '1', code: 5 }, true],
    ['another tag', { kind: 'ping' }, { kind: 'pong', tag: '2' }, false],
    ['no tag', { kind: 'ping' }, { kind: 'pong', tag: '' }, false],
    ['an error without a tag', { kind: 'ping' }, { kind: 'error', tag: '', code: 1 }, false],
    ['another command', { kind: 'identify' }, { kind: 'pong', tag: '1' }, false],
    ['another command', { kind: 'capabilities' }, { ...IDENTITY, tag: '1' }, false],
    ['another rate', { kind: 'start', rateHz: 50 }, started('1', 5), false],
    ['another time', { kind: 'sync', hostMs: 7 }, synced('1', 8), false],
  ])('%s to %j: %j', (_what, command, response, isAnswer) => {
    const dialogue = asked(command);
    expect(findAnswered(dialogue, response)).toBe(isAnswer ? dialogue.pending : undefined);
  });

  it('finds nothing when nothing waits', () => {
    expect(findAnswered(NEW_DIALOGUE, { kind: 'pong', tag: '1' })).toBeUndefined();
    const concluded = conclude(asked({ kind: 'ping' }));
    expect(findAnswered(concluded, { kind: 'pong', tag: '1' })).toBeUndefined();
    expect(concluded.nextTag).toBe(2);
  });
});

function caps(tag: string): DeviceResponse {
  return { kind: 'caps', tag, maxRateHz: 100, options: ['SYNC'] };
}

function started(tag: string, rateHz: number): DeviceResponse {
  return { kind: 'started', tag, rateHz };
}

function synced(tag: string, hostMs: number): DeviceResponse {
  return { kind: 'synced', tag, hostMs, rxTicks: 1, txTicks: 1 };
}
