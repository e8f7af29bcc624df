import { describe, expect, it } from 'vitest';
import {
  idle,
  overload,
  restartStream,
  stream,
  watchReadings,
} from '../../../../device-bench/core/acts/streams.ts';
import { ask } from '../../../../device-bench/core/acts/dialogue.ts';
import { board, dialogueWith, nobody, playAct, readingsAfter } from './play-act.ts';

const STEPWISE = { options: ['SYNC', 'REBOOT', 'STEP'] };

describe('stream', () => {
  it('asks while the device streams, and stops it', () => {
    const link = board();
    const played = playAct(link, stream(dialogueWith(link)));
    expect(played.acts).toEqual(['stream']);
    expect(played.sent[0]).toBe('@k1 START 77');
    const verbs = played.sent.map((line) => line.split(' ')[1]);
    const syncs = Array.from({ length: 6 }, () => 'SYNC');
    expect(verbs).toEqual(['START', 'PING', 'ID?', ...syncs, 'CAPS?', 'STOP']);
    expect(played.answers).toHaveLength(verbs.length);
    expect(played.readings).toBeGreaterThan(77 * 5);
    expect(readingsAfter(link)).toBe(0);
  });

  it.each([
    ['that does not offer it', { options: ['REBOOT'] }],
    ['that is tested up to level 2', { level: 'L2' }],
  ] as const)('sends no SYNC to a device %s', (_what, known) => {
    const link = board();
    const { sent } = playAct(link, stream(dialogueWith(link, known)));
    expect(sent.filter((line) => line.includes('SYNC'))).toEqual([]);
  });

  it('waits for three readings of a device that reports steps', () => {
    const link = board({ stepPeriodMs: 700 });
    const played = playAct(link, stream(dialogueWith(link, STEPWISE)));
    expect(played.readings).toBeGreaterThanOrEqual(3);
    expect(played.tookMs).toBeLessThan(5_000);
  });

  it('ends where nobody is', () => {
    expect(playAct(nobody(), stream(dialogueWith(nobody()))).tookMs).toBeLessThan(15_000);
  });
});

describe('restartStream', () => {
  it('repeats START to the letter, changes the rate, provokes refusals, and stops', () => {
    const link = board();
    const played = playAct(link, restartStream(dialogueWith(link)));
    expect(played.acts).toEqual(['restart-stream']);
    expect(played.bytes[0]).toBe(played.bytes[1]);
    const texts = played.sent.map((line) => line.replace(/^@\w+ /, ''));
    expect(texts).toEqual(
      ['START 10', 'START 10', 'START 25', 'STOP', 'STOP', 'START 10', 'JUMP', 'PING 1'].concat([
        'START 1001',
        'STOP',
        'STOP',
      ]),
    );
    expect(played.bytes.at(-2)).toBe('STOP*0000\r\n');
    expect(played.answers.slice(-5)).toEqual(['3', '4', '4', '1', 'STOP']);
    expect(readingsAfter(link)).toBe(0);
  });

  it('finds another rate for a device that has only two', () => {
    const link = board({ product: { model: 'ST-0', firmware: '1', maxRateHz: 2 } });
    const { sent } = playAct(link, restartStream(dialogueWith(link, { maxRateHz: 2 })));
    expect(sent.filter((line) => line.includes('START')).map((line) => line.split(' ')[2])).toEqual(
      ['2', '2', '1', '2', '1001'],
    );
  });

  it('sends no CRC but the wrong one to a device that takes none', () => {
    const link = board();
    const { bytes } = playAct(link, restartStream(dialogueWith(link, { isTyped: true })));
    expect(bytes.filter((line) => line.includes('*'))).toEqual(['STOP*0000\r\n']);
  });
});

describe('overload', () => {
  it('asks for the greatest rate and for ID? again and again, and leaves the device at rest', () => {
    const link = board();
    const played = playAct(link, overload(dialogueWith(link)));
    expect(played).toMatchObject({ result: true, acts: ['overload'] });
    expect(played.sent[0]).toBe('@k1 START 200');
    expect(played.sent.filter((line) => line.includes('ID?')).length).toBeGreaterThan(5);
    expect(played.sent.slice(-4).map((line) => line.split(' ')[1])).toEqual([
      'STOP',
      'PING',
      'ID?',
      'STOP',
    ]);
    expect(played.readings).toBeGreaterThan(100);
    expect(readingsAfter(link)).toBe(0);
  });

  it('says that nobody can be spoken to, and ends', () => {
    const played = playAct(nobody(), overload(dialogueWith(nobody(), { maxRateHz: 0 })));
    expect(played).toMatchObject({ result: false });
    expect(played.sent[0]).toBe('@k1 START 50');
    expect(played.tookMs).toBeLessThan(10_000);
  });
});

describe('idle', () => {
  it('says nothing until two heartbeats have come', () => {
    const played = playAct(board(), idle());
    expect(played).toMatchObject({ acts: ['idle'], bytes: [] });
    expect(Math.round(played.tookMs / 100)).toBe(80);
  });

  it('ends after 5.6 s without one', () => {
    expect(playAct(nobody(), idle()).tookMs).toBe(5_600);
  });
});

it('watchReadings counts what came in a time, or the readings of steps up to a number', () => {
  const link = board();
  playAct(link, ask(dialogueWith(link), { kind: 'start', rateHz: 20 }));
  const free = playAct(link, watchReadings(dialogueWith(link), 1000, 3));
  expect([free.result, free.tookMs]).toEqual([20, 1000]);
  const stepped = playAct(link, watchReadings(dialogueWith(link, STEPWISE), 1000, 3));
  expect(stepped.result).toBe(3);
  const still = playAct(nobody(), watchReadings(dialogueWith(nobody(), STEPWISE), 1000, 3));
  expect([still.result, still.tookMs]).toEqual([0, 5_000]);
});
