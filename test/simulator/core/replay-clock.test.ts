import { describe, expect, it } from 'vitest';
import {
  fitReplayClock,
  msAtTicks,
  ticksAtMs,
  unwrapTicks,
} from '../../../simulator/core/replay-clock.ts';
import type { SeenTicks } from '../../../simulator/core/replay-clock.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const UINT32 = 2 ** 32;

/** What is seen of a clock that starts at `firstTicks`: every 20 ms its ticks, some ms late. */
function see(options: {
  readonly driftPpm: number;
  readonly firstTicks: number;
  readonly spanMs: number;
}): SeenTicks[] {
  const random = seededStreams(3)('late');
  const { driftPpm, firstTicks, spanMs } = options;
  return Array.from({ length: spanMs / 20 }, (_, index) => ({
    ticks: firstTicks + Math.floor(index * 20 * (1 + driftPpm / 1e6)),
    ms: 1_000 + index * 20 + 5 + 16 * random.next() ** 2,
  }));
}

describe('the clock of a recorded device', () => {
  it.each([-500, 0, 37, 500])('is found to a ms at a drift of %d ppm', (driftPpm) => {
    const firstTicks = UINT32 - 30_000;
    const clock = fitReplayClock(see({ driftPpm, firstTicks, spanMs: 120_000 }));
    for (const laterMs of [0, 20_000, 60_000, 119_000]) {
      const trueTicks = firstTicks + laterMs * (1 + driftPpm / 1e6);
      // The quickest line took 5 ms.
      expect(Math.abs(msAtTicks(clock, trueTicks) - (1_005 + laterMs))).toBeLessThan(1);
      const shown = ticksAtMs(clock, 1_005 + laterMs);
      expect(Math.abs(unwrapTicks(shown, trueTicks) - trueTicks)).toBeLessThan(2);
    }
  });

  it('has the right pace where a recording is too short to tell', () => {
    const seen = see({ driftPpm: 0, firstTicks: 100, spanMs: 400 });
    const clock = fitReplayClock(seen);
    expect(clock.rate).toBe(1);
    expect(clock.offsetMs).toBe(Math.min(...seen.map(({ ms, ticks }) => ms - ticks)));
  });

  it('has the right pace where a device counts something else', () => {
    const seen = [0, 1, 2, 3].map((index) => ({ ticks: index * 20_000, ms: 100 + index * 10_000 }));
    expect(fitReplayClock(seen).rate).toBe(1);
  });

  it('counts from the beginning where nothing is known', () => {
    expect(ticksAtMs(fitReplayClock([]), 1_234.9)).toBe(1_234);
  });

  it('shows uint32', () => {
    const clock = { offsetMs: 1_000, rate: 1 };
    expect(ticksAtMs(clock, 999)).toBe(UINT32 - 1);
    expect(ticksAtMs(clock, 1_000 + UINT32)).toBe(0);
    expect(ticksAtMs(clock, 1_000.99)).toBe(0);
  });

  it('counts ticks on over their wrap', () => {
    expect(unwrapTicks(3, UINT32 - 5)).toBe(UINT32 + 3);
    expect(unwrapTicks(UINT32 - 5, UINT32 + 3)).toBe(UINT32 - 5);
    expect(unwrapTicks(7, 3)).toBe(7);
  });
});
