import { describe, expect, it } from 'vitest';
import { describeEvent, toEventDocument } from '../../../device-bench/monitor/event-lines.ts';
import type { MonitorEvent } from '../../../device-bench/monitor/monitor-state.ts';
import { heard, heardReading, INTRODUCTION, SERIAL } from './watched-device.ts';

const RAW = '{"sensorReadingTime":5,"serialNumber":"a","distanceFromObject":250}\r';
const CLOCK: MonitorEvent = {
  kind: 'clock',
  ms: 2,
  clock: { offsetMs: 5.55, driftPpm: -30, errorMs: 0.2, bursts: 3 },
};

describe('what a monitor hears, for people', () => {
  it.each<[MonitorEvent, string | undefined]>([
    [heardReading(7), '     4.510 < reading 7  ticks 4500  distance 220  boot 7F3A'],
    [
      heard(1, { kind: 'reading', boot: '7F3A', seq: 1, ticks: 2, distance: 3, flags: 5 }),
      '     0.001 < reading 1  ticks 2  distance 3  boot 7F3A  flags 5',
    ],
    [heard(1, RAW), '     0.001 < record  time 5  distance 250'],
    [heard(1, '=OK,1,PING,*0000\r'), String.raw`     0.001 ! bad-crc: =OK,1,PING,*0000\r`],
    [heard(1, '\u00ff\u001b'), String.raw`     0.001 ! bad-byte: \xff\x1b`],
    [heard(1, '!BOOT,7F3A,PWR*ABB7\r'), '     0.001 < !BOOT,7F3A,PWR*ABB7'],
    [heard(1, '# hello'), '     0.001 #  hello'],
    [heard(1, '\r'), undefined],
    [{ kind: 'sent', ms: 1, bytes: 'ID?\r\n' }, '     0.001 > ID?'],
    [
      { kind: 'refused', ms: 1, reason: 'clock-not-fitted' },
      '     0.001 ! not landed: clock-not-fitted',
    ],
    [{ kind: 'phase', ms: 1, phase: 'syncing' }, '     0.001 * syncing'],
    [{ kind: 'closed', ms: 61_000 }, '    61.000 * the device is gone'],
    [{ kind: 'clock', ms: 1, clock: undefined }, '     0.001 * clock not known'],
    [CLOCK, '     0.002 * clock offset 5.5 ms, wrong by 0.2 ms at most, drift -30.0 ppm'],
  ])('%j', (event, expected) => {
    expect(describeEvent(event)).toBe(expected);
  });
});

describe('what a monitor hears, for programs', () => {
  it.each<[MonitorEvent, object]>([
    [
      heardReading(7),
      {
        ms: 4510,
        event: 'line',
        kind: 'reading',
        boot: '7F3A',
        seq: 7,
        ticks: 4500,
        distance: 220,
        flags: 0,
      },
    ],
    [INTRODUCTION, { ms: 900, event: 'line', kind: 'id', serialNumber: SERIAL }],
    [heard(1, RAW), { ms: 1, event: 'line', kind: 'record' }],
    [heard(1.23456, 'x\u00ff'), { ms: 1.235, event: 'line', kind: 'rejected', line: 'x\u00ff' }],
    [
      { kind: 'sent', ms: 1, bytes: 'ID?\r\n' },
      { ms: 1, event: 'sent', bytes: 'ID?\r\n' },
    ],
    [CLOCK, { ms: 2, event: 'clock', clock: { driftPpm: -30 } }],
    [
      { kind: 'closed', ms: 1 },
      { ms: 1, event: 'closed' },
    ],
  ])('%j', (event, expected) => {
    const document = toEventDocument(event);
    expect(document).toMatchObject(expected);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
