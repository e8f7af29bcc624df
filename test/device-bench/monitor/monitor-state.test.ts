import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_MONITOR } from '../../../device-bench/monitor/monitor-state.ts';
import type { MonitorEvent } from '../../../device-bench/monitor/monitor-state.ts';
import { after, heard, heardReading, INTRODUCTION, SERIAL } from './watched-device.ts';

const texts = (events: readonly MonitorEvent[]): string[] =>
  after(events).notices.map(({ text, isBad }) => `${isBad ? '!' : ' '} ${text}`);

describe('a monitor', () => {
  it('knows who it watches', () => {
    expect(after([INTRODUCTION])).toMatchObject({
      identity: { serialNumber: SERIAL, model: 'ST-1' },
      boot: '7F3A',
    });
    expect(after([INTRODUCTION, heard(950, { kind: 'boot', boot: '0001', why: 'WDT' })]).boot).toBe(
      '0001',
    );
    expect(after([heardReading(0, { boot: '00FF' })]).boot).toBe('00FF');
  });

  it.each<[string, MonitorEvent, string[]]>([
    ['a boot', heard(1, { kind: 'boot', boot: '0001', why: 'WDT' }), ['  boot 0001, WDT']],
    ['a fault', heard(1, { kind: 'fault', code: 7, text: 'hot' }), ['! fault 7: hot']],
    ['free text', heard(1, { kind: 'text', text: 'hello' }), ['  # hello']],
    ['an error', heard(1, { kind: 'error', tag: '8', code: 4 }), ['! error 4 for command 8']],
    [
      'another',
      heard(1, { kind: 'error', tag: '', code: 1 }),
      ['! error 1 for command without tag'],
    ],
    ['its start', heard(1, { kind: 'started', tag: '8', rateHz: 50 }), ['  started at 50 Hz']],
    ['its stop', heard(1, { kind: 'stopped', tag: '8', seq: 5 }), ['  stopped']],
    ['noise', heard(1, '$R,7F3A*0000'), ['! rejected: bad-crc']],
    [
      'a refusal',
      { kind: 'refused', ms: 1, reason: 'clock-not-fitted' },
      ['! rejected: clock-not-fitted'],
    ],
    ['its end', { kind: 'closed', ms: 1 }, ['! the device is gone']],
    ['no heartbeat', heard(1, { kind: 'heartbeat', boot: '7F3A', ticks: 5 }), []],
    ['no pong', heard(1, { kind: 'pong', tag: '1' }), []],
    ['no empty line', heard(1, '\r'), []],
    ['no command', { kind: 'sent', ms: 1, bytes: 'STOP\r\n' }, []],
  ])('notes %s', (_what, event, expected) => {
    expect(texts([event])).toEqual(expected);
  });

  it('notes a gap, and counts what is missing', () => {
    const events = [heardReading(0), heardReading(3)];
    expect(texts(events)).toEqual(['! 2 readings missing before 3']);
    expect(after(events).counts).toMatchObject({ readings: 2, gaps: 1, missing: 2 });
  });

  it('counts lines, and what was rejected by its reason', () => {
    const state = after([
      heard(1, '$R,7F3A*0000'),
      heard(2, 'xx'),
      heard(3, 'xy'),
      heardReading(0),
    ]);
    expect(state.lines).toBe(4);
    expect(Object.fromEntries(state.rejected)).toEqual({ 'bad-crc': 1, 'no-crc': 2 });
  });

  it('reads records of level 0', () => {
    const raw = '{"sensorReadingTime":1655564444103,"serialNumber":"a","distanceFromObject":250}';
    const state = after([heard(1, `${raw}\r`), heard(2, '{"broken'), heard(3, raw)]);
    expect(state.counts.window.map(({ distance }) => distance)).toEqual([250, 250]);
    expect(state.rejected.size).toBe(1);
  });

  it('knows the clock and what the session does', () => {
    const clock = { offsetMs: 5, driftPpm: 30, errorMs: 0.2, bursts: 3 };
    const state = after([
      { kind: 'phase', ms: 1, phase: 'streaming' },
      { kind: 'clock', ms: 2, clock },
    ]);
    expect(state).toMatchObject({ phase: 'streaming', clock });
  });

  it('keeps little, whatever comes', () => {
    const line = fc.string({ unit: 'binary-ascii', maxLength: 90 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 100 }), (lines) => {
        const state = after(lines.map((text, ms) => heard(ms, text)));
        expect(state.notices.length).toBeLessThanOrEqual(50);
        expect(state.lines).toBe(lines.length);
        expect(state.counts.window.length).toBeLessThanOrEqual(lines.length);
      }),
    );
    expect(NEW_MONITOR.lines).toBe(0);
  });
});
