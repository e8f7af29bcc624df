import { describe, expect, it } from 'vitest';
import { writeReplayScript } from '../../../simulator/core/replay-script.ts';
import type { ReplayScript } from '../../../simulator/core/replay-script.ts';
import {
  asked,
  introduced,
  reading,
  RECORDED_BOOT,
  RECORDED_SERIAL,
  recordingOf,
  said,
  streamed,
} from './recorded-device.ts';

const bytesOf = (script: ReplayScript): string[] => script.lines.map(({ bytes }) => bytes);

describe('the script of a recording', () => {
  it('has what the device sent unasked, and keeps the answers for whoever asks', () => {
    const recording = streamed(3);
    const script = writeReplayScript(recording);
    expect(bytesOf(script)).toEqual(
      recording.lines.filter(({ bytes }) => /^[!$]/.test(bytes)).map(({ bytes }) => bytes),
    );
    expect(script).toMatchObject({ isStarted: true, answers: true, durationMs: 240 });
    expect(script.boots).toEqual([
      {
        id: RECORDED_BOOT,
        serialNumber: RECORDED_SERIAL,
        product: { model: 'REAL-2', firmware: '3.1', maxRateHz: 80 },
        // A recording cannot start again with other counters.
        options: ['SYNC', 'PPM300'],
        errors: new Map(),
        clock: { offsetMs: 8, rate: 1 },
        firstCommandMs: 105,
      },
    ]);
  });

  it('knows which lines are readings, and which of them should land', () => {
    const outOfRange = said(30, {
      kind: 'reading',
      boot: RECORDED_BOOT,
      seq: 1,
      ticks: 22,
      distance: 0,
      flags: 2,
    });
    const damaged = said(40, '$R,7F3A,2,42,9*0000\r\n');
    const { lines } = writeReplayScript(recordingOf([reading(20, 0), outOfRange, damaged]));
    expect(lines.map(({ isStream }) => isStream)).toEqual([true, true, false]);
    expect(lines.map((line) => line.reading?.seq)).toEqual([0, undefined, undefined]);
  });

  it('keeps boots apart, and what each of them said', () => {
    const { boots, lines } = writeReplayScript(
      recordingOf([
        said(10, { kind: 'heartbeat', boot: '0001', ticks: 10 }),
        asked(20, '1', { kind: 'identify' }),
        introduced(30, '1', '0001'),
        reading(40, 0, '0001'),
        said(50, { kind: 'boot', boot: '0002', why: 'WDT' }),
        reading(60, 0, '0002'),
        // The boot line of this one was lost.
        reading(80, 0, '0003'),
        said(90, { kind: 'boot', boot: '0003', why: 'WDT' }),
      ]),
    );
    expect(boots.map(({ id }) => id)).toEqual(['0001', '0002', '0003', '0003']);
    expect(lines.map(({ boot }) => boot)).toEqual([0, 0, 1, 1, 2, 3]);
    // All are the same box, though only one of them was asked.
    expect(new Set(boots.map(({ serialNumber }) => serialNumber)).size).toBe(1);
  });

  it('counts ticks on over their wrap', () => {
    const wrapping = [4_294_967_290, 4, 20].map((ticks, seq) =>
      said(ticks === 20 ? 40 : 10 + 14 * seq, {
        kind: 'reading',
        boot: RECORDED_BOOT,
        seq,
        ticks,
        distance: 1,
        flags: 0,
      }),
    );
    const { lines } = writeReplayScript(recordingOf(wrapping));
    expect(lines.map((line) => line.reading?.unwrappedTicks)).toEqual([
      4_294_967_290, 4_294_967_300, 4_294_967_316,
    ]);
  });

  it('remembers what the device refused, unless it did it later', () => {
    const { boots } = writeReplayScript(
      recordingOf([
        asked(10, '1', { kind: 'capabilities' }),
        said(20, { kind: 'error', tag: '1', code: 3 }),
        asked(30, '2', { kind: 'start', rateHz: 50 }),
        said(40, { kind: 'error', tag: '2', code: 6 }),
        asked(50, '3', { kind: 'start', rateHz: 50 }),
        said(60, { kind: 'started', tag: '3', rateHz: 50 }),
        said(70, { kind: 'error', tag: '', code: 1 }),
      ]),
    );
    expect(boots[0]?.errors).toEqual(new Map([['capabilities', 3]]));
  });

  it('answers nothing for a device of level 0', () => {
    const raw = said(10, '{"sensorReadingTime":10,"serialNumber":"a","distanceFromObject":2}\r\n');
    expect(writeReplayScript(recordingOf([raw]))).toMatchObject({
      answers: false,
      isStarted: false,
      boots: [{ id: '0000' }],
    });
  });

  it('has a name for a device that never told its own', () => {
    const recording = recordingOf([reading(10, 0)]);
    const header = { baud: 9_600, serial: undefined, model: undefined, firmware: undefined };
    const [boot] = writeReplayScript({ ...recording, header }).boots;
    expect(boot?.serialNumber).toMatch(/^0{8}-/);
    expect(boot?.product).toEqual({ model: 'REPLAY', firmware: '0', maxRateHz: 1_000 });
    expect(boot?.options).toEqual(['SYNC']);
  });
});
