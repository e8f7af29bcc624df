import { describe, expect, it } from 'vitest';
import { answerCommand, nextSeq } from '../../../simulator/core/replay-answers.ts';
import { writeReplayScript } from '../../../simulator/core/replay-script.ts';
import type { ReplayScript, ScriptBoot } from '../../../simulator/core/replay-script.ts';
import { asked, RECORDED_SERIAL, recordingOf, said, streamed } from './recorded-device.ts';

const SCRIPT: ReplayScript = writeReplayScript(streamed(3));
const REPLAY = { boot: SCRIPT.boots[0] as ScriptBoot, ticks: 4_321, seq: 9 };

describe('a recorded device that is asked', () => {
  it.each([
    ['@7 ID?', { kind: 'id', tag: '7', serialNumber: RECORDED_SERIAL, model: 'REAL-2' }],
    ['CAPS?', { kind: 'caps', tag: '', maxRateHz: 80, options: ['SYNC', 'PPM300'] }],
    ['@7 SYNC 5', { kind: 'synced', tag: '7', hostMs: 5, rxTicks: 4_321, txTicks: 4_321 }],
    ['@7 START 80', { kind: 'started', rateHz: 80 }],
    ['@7 START 81', { kind: 'error', code: 4 }],
    ['@7 STOP', { kind: 'stopped', seq: 9 }],
    ['@7 PING', { kind: 'pong' }],
    ['@7 REBOOT 1 1', { kind: 'error', code: 3 }],
    ['ID?*0000', { kind: 'error', tag: '', code: 1 }],
  ])('answers %s', (text, expected) => {
    expect(answerCommand(REPLAY, text)).toMatchObject([expected]);
  });

  it('has no answer to nothing', () => {
    expect(answerCommand(REPLAY, '')).toEqual([]);
    expect(answerCommand(REPLAY, '\r')).toEqual([]);
  });

  it('refuses what it refused', () => {
    const refusing = recordingOf([
      asked(1, '1', { kind: 'start', rateHz: 50 }),
      said(2, { kind: 'error', tag: '1', code: 5 }),
    ]);
    const boot = writeReplayScript(refusing).boots[0] as ScriptBoot;
    expect(answerCommand({ ...REPLAY, boot }, '@x START 10')).toEqual([
      { kind: 'error', tag: 'x', code: 5 },
    ]);
  });
});

describe('the number of the next reading', () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [4, 3],
  ])('from line %d on is %d', (index, expected) => {
    expect(nextSeq(SCRIPT.lines, index)).toBe(expected);
  });

  it('is 0 where there is none', () => {
    expect(nextSeq([], 0)).toBe(0);
  });
});
