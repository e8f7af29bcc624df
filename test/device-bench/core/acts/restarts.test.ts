import { describe, expect, it } from 'vitest';
import {
  restart,
  restartInStream,
  restartKinds,
  wrap,
} from '../../../../device-bench/core/acts/restarts.ts';
import { board, dialogueWith, nobody, playAct, readingsAfter } from './play-act.ts';

it('a device is restarted in the ways that it and its line have', () => {
  const kinds = (options: readonly string[], canReset: boolean) =>
    restartKinds(dialogueWith(nobody(), { options, canReset }));
  expect([kinds(['REBOOT'], true), kinds(['SYNC'], true), kinds(['REBOOT'], false)]).toEqual([
    ['REBOOT', 'reset line'],
    ['reset line'],
    ['REBOOT'],
  ]);
  expect(kinds([], false)).toEqual([]);
});

describe('restart', () => {
  it.each([
    ['REBOOT', ['@k1 REBOOT 0 0', '@k2 ID?', '@k3 START 20', '@k4 STOP'], 0],
    ['reset line', ['@k1 ID?', '@k2 START 20', '@k3 STOP'], 1],
  ] as const)('by %s leaves the device at rest, once it has streamed', (kind, sent, resets) => {
    const link = board();
    const played = playAct(link, restart(dialogueWith(link), kind));
    expect(played).toMatchObject({ acts: ['restart'], sent, resets });
    expect(played.answers.slice(-3)).toEqual(['id', 'START', 'STOP']);
    expect(played.readings).toBeGreaterThan(10);
    expect(readingsAfter(link)).toBe(0);
  });

  it('ends where nobody is', () => {
    const played = playAct(nobody(), restart(dialogueWith(nobody()), 'REBOOT'));
    expect(played.tookMs).toBeLessThan(12_000);
  });
});

describe('restartInStream', () => {
  it.each(['REBOOT', 'reset line'] as const)('by %s ends the stream without STOP', (kind) => {
    const link = board();
    const played = playAct(link, restartInStream(dialogueWith(link), kind));
    expect(played.acts).toEqual(['reboot-in-stream']);
    expect(played.sent.join()).not.toContain('STOP');
    expect(played.answers.at(-1)).toBe('id');
    expect(played.readings).toBeGreaterThan(10);
    expect(readingsAfter(link)).toBe(0);
  });

  it('sends REBOOT without CRC to a device that takes none', () => {
    const link = board();
    const played = playAct(link, restartInStream(dialogueWith(link, { isTyped: true }), 'REBOOT'));
    expect(played.bytes).toContain('@k2 REBOOT 0 0\r\n');
  });
});

describe('wrap', () => {
  it('shows readings on both sides of both wraps', () => {
    const link = board();
    const seqs: string[] = [];
    const listen = link.onData.bind(link);
    link.onData = (listener) =>
      listen((chunk) => {
        seqs.push(Buffer.from(chunk).toString('latin1'));
        listener(chunk);
      });
    const played = playAct(link, wrap(dialogueWith(link)));
    expect(played.acts).toEqual(['wrap']);
    expect(played.sent[0]).toBe('@k1 REBOOT 65527 4294964795');
    const readings = [...seqs.join('').matchAll(/\$R,[0-9A-F]{4},(\d+),(\d+),/g)];
    const numbers = readings.map(([, seq, ticks]) => [Number(seq), Number(ticks)]);
    expect(numbers.some(([seq]) => seq === 65_535) && numbers.some(([seq]) => seq === 0)).toBe(
      true,
    );
    expect(numbers.some(([, ticks = 0]) => ticks > 4_294_964_795)).toBe(true);
    expect(numbers.at(-1)?.[1]).toBeLessThan(3_000);
    expect(readingsAfter(link)).toBe(0);
  });

  it('leaves a device that reports steps one number before the end', () => {
    const link = board({ stepPeriodMs: 500 });
    const dialogue = dialogueWith(link, { options: ['REBOOT', 'STEP'] });
    const played = playAct(link, wrap(dialogue));
    expect(played.sent[0]).toBe('@k1 REBOOT 65534 4294964795');
    expect(played.readings).toBeGreaterThanOrEqual(4);
    expect(readingsAfter(link)).toBe(0);
  });
});
