import { describe, expect, it } from 'vitest';
import { startKit } from '../../../device-bench/index.ts';
import type { KitReport, LinkTimers } from '../../../device-bench/index.ts';
import { StallWatch } from '../../../device-bench/core/stall-watch.ts';
import { VirtualTime } from '../../../simulator/index.ts';
import { board } from './scripted-link.ts';

/** A clock on which nothing happens at `fromMs` and for `forMs` after it. */
function stalling(timers: VirtualTime, fromMs: number, forMs: number): LinkTimers {
  const shift = (timeMs: number): number =>
    timeMs > fromMs && timeMs < fromMs + forMs ? fromMs + forMs : timeMs;
  return { now: () => timers.now(), at: (timeMs, action) => timers.at(shift(timeMs), action) };
}

/** What is noticed within 10 s of a stall of `forMs`. */
function watch(forMs: number, from = 1_000): unknown {
  const timers = new VirtualTime(0);
  const stalls = new StallWatch(stalling(timers, from, forMs));
  stalls.begin();
  timers.run(10_000, Number.POSITIVE_INFINITY);
  return stalls.end();
}

describe('StallWatch', () => {
  it('notices an alarm that is more than 100 ms late, and how late it was', () => {
    expect(watch(0)).toBeUndefined();
    expect(watch(150)).toBeUndefined();
    expect(watch(151)).toEqual({ count: 1, longestMs: 101 });
    expect(watch(400, 1_040)).toEqual({ count: 1, longestMs: 390 });
  });

  it('rests when it is over', () => {
    const timers = new VirtualTime(0);
    let alarms = 0;
    const at = (timeMs: number, action: () => void): void => {
      alarms++;
      timers.at(timeMs, action);
    };
    const stalls = new StallWatch({ now: () => timers.now(), at });
    stalls.begin();
    timers.run(120, Number.POSITIVE_INFINITY);
    stalls.end();
    timers.run(1_000, Number.POSITIVE_INFINITY);
    expect(alarms).toBe(3);
  });
});

describe('the report of the kit', () => {
  const reportOf = (stallMs: number): KitReport => {
    const device = board();
    const { timers } = device;
    const reports: KitReport[] = [];
    const link = {
      timers: stalling(timers, 9_000, stallMs),
      byteMs: device.byteMs,
      write: (bytes: string) => device.write(bytes),
      onData: (listener: (chunk: Uint8Array) => void) => device.onData(listener),
      onClose: (listener: () => void) => device.onClose(listener),
    };
    startKit(link, { level: 'L1', onDone: (report) => reports.push(report) });
    timers.run(200_000, Number.POSITIVE_INFINITY);
    expect(reports).toHaveLength(1);
    return reports[0] as KitReport;
  };

  it('tells how often the kit was late itself, and how late', () => {
    expect(reportOf(0).stalls).toBeUndefined();
    expect(reportOf(390).stalls?.count).toBe(1);
    expect(reportOf(390).stalls?.longestMs).toBeGreaterThan(300);
  });
});
