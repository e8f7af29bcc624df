import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemTimers } from '../../../bridge/adapters/system-timers.ts';
import type { MachineClocks } from '../../../bridge/adapters/system-timers.ts';
import type { ClockStep } from '../../../bridge/core/clock-watch.ts';
import { timeOfDay } from '../../../bridge/core/time-of-day.ts';

const START_MS = 1_655_553_600_000;
const HOUR_MS = 3_600_000;

/** The clocks of a machine whose wall clock somebody sets. */
class SetClocks implements MachineClocks {
  setMs = 0;
  readonly #startMs = performance.now();

  monotonicMs(): number {
    return performance.now();
  }

  wallMs(): number {
    return START_MS + performance.now() - this.#startMs + this.setMs;
  }
}

describe('the timers of a machine', () => {
  let clocks: SetClocks;
  let timers: SystemTimers;
  const steps: ClockStep[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    steps.length = 0;
    clocks = new SetClocks();
    timers = new SystemTimers({ clocks, onClockStep: (step) => steps.push(step) });
  });

  afterEach(() => {
    timers.stop();
    vi.useRealTimers();
  });

  it('begin with the time of the machine, and go on evenly', () => {
    expect(timers.now()).toBe(START_MS);
    vi.advanceTimersByTime(1_500);
    expect(timers.now()).toBe(START_MS + 1_500);
    expect([timers.clockSetMs, timers.clockSteps]).toEqual([0, 0]);
  });

  it.each([HOUR_MS, -HOUR_MS])('keep their intervals when the clock is set by %d ms', (byMs) => {
    const rung: number[] = [];
    timers.at(START_MS + 20_000, () => rung.push(timers.now() - START_MS));
    vi.advanceTimersByTime(2_000);
    clocks.setMs = byMs;
    vi.advanceTimersByTime(30_000);
    timers.at(timers.now() + 5_000, () => rung.push(timers.now() - START_MS));
    vi.advanceTimersByTime(5_000);
    expect(rung).toEqual([20_000, 37_000]);
    expect(timers.now()).toBe(START_MS + 37_000);
    expect(timeOfDay(timers)).toBe(START_MS + 37_000 + byMs);
    expect(steps).toEqual([{ byMs, setMs: byMs }]);
    expect(timers.clockSteps).toBe(1);
  });

  it('are not moved by a clock that is set and put back', () => {
    for (const byMs of [HOUR_MS, -HOUR_MS]) {
      clocks.setMs = byMs;
      vi.advanceTimersByTime(8_000);
      clocks.setMs = 0;
      vi.advanceTimersByTime(8_000);
    }
    expect([steps, timers.clockSetMs]).toEqual([[], 0]);
  });

  it('do what is long overdue at once, and nothing after they were stopped', () => {
    const rung: string[] = [];
    timers.at(0, () => rung.push('overdue'));
    timers.at(START_MS + 10, () => rung.push('stopped'));
    vi.advanceTimersByTime(1);
    timers.stop();
    clocks.setMs = HOUR_MS;
    vi.advanceTimersByTime(60_000);
    expect([rung, steps]).toEqual([['overdue'], []]);
  });
});

it('the timers of this machine tell its time', () => {
  const timers = new SystemTimers();
  expect(Math.abs(timers.now() - Date.now())).toBeLessThan(1_000);
  timers.stop();
});
