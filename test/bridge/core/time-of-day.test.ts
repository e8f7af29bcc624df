import { expect, it } from 'vitest';
import { timeOfDay } from '../../../bridge/core/time-of-day.ts';

it('is the time of a clock that was never set', () => {
  expect(timeOfDay({ now: () => 1_234.5 })).toBe(1_234.5);
});

it('is what the clock was set to', () => {
  expect(timeOfDay({ now: () => 10_000, clockSetMs: -3_600 })).toBe(6_400);
});
