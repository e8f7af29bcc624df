import { describe, expect, it } from 'vitest';
import { ClockWatch } from '../../../bridge/core/clock-watch.ts';
import type { ClockStep } from '../../../bridge/core/clock-watch.ts';

const START_MS = 1_655_553_600_000;
const HOUR_MS = 3_600_000;

/** Looks each second for so long; `aheadMs` says what the wall clock is ahead of the even one. */
function watch(
  seconds: number,
  aheadMs: (second: number) => number,
): { readonly second: number; readonly step: ClockStep }[] {
  const clock = new ClockWatch(START_MS, START_MS + aheadMs(0));
  return Array.from({ length: seconds }, (_, index) => index + 1).flatMap((second) => {
    const evenMs = START_MS + second * 1_000;
    const step = clock.look(evenMs, evenMs + aheadMs(second));
    return step === undefined ? [] : [{ second, step }];
  });
}

describe('a clock that is watched', () => {
  it.each([HOUR_MS, -HOUR_MS, 1_001, -1_001])(
    'set by %d ms for good, is believed after ten seconds, once',
    (byMs) => {
      const steps = watch(100, (second) => (second < 20 ? 0 : byMs));
      expect(steps).toEqual([{ second: 30, step: { byMs, setMs: byMs } }]);
    },
  );

  it.each([
    ['is right', () => 0],
    ['is wrong as it was at the start', () => 1e9],
    ['is read a bit late now and then', (second: number) => (second % 7 === 0 ? -900 : 0)],
    ['is adjusted little by little', (second: number) => second * 0.5],
    ['is set by an hour and back', (second: number) => (second >= 20 && second < 29 ? HOUR_MS : 0)],
    ['is never the same', (second: number) => (second % 2) * HOUR_MS],
    ['runs away', (second: number) => second * HOUR_MS],
  ])('is not believed to be set while it %s', (_what, aheadMs) => {
    expect(watch(100, aheadMs)).toEqual([]);
  });

  it('adds up what it was set by', () => {
    const steps = watch(100, (second) => (second < 20 ? 5 : second < 60 ? HOUR_MS : -HOUR_MS));
    expect(steps.map(({ step }) => step)).toEqual([
      { byMs: HOUR_MS - 5, setMs: HOUR_MS - 5 },
      { byMs: -2 * HOUR_MS, setMs: -HOUR_MS - 5 },
    ]);
  });

  it('that was set and creeps by a few ms meanwhile is believed', () => {
    const steps = watch(100, (second) => (second < 20 ? 0 : HOUR_MS + second * 10));
    expect(steps).toMatchObject([{ second: 30, step: { byMs: HOUR_MS + 300 } }]);
  });
});
