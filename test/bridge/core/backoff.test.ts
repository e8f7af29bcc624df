import { expect, it } from 'vitest';
import { backoffMs, PAUSE_MS_MAX } from '../../../bridge/core/backoff.ts';

it('doubles the longest pause from half a second to half a minute, for ever', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8, 100, 100_000].map((failures) =>
    backoffMs(failures, () => 1),
  );
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  expect(PAUSE_MS_MAX).toBe(30_000);
});

it('draws the whole pause', () => {
  expect(backoffMs(3, () => 0)).toBe(0);
  expect(backoffMs(3, () => 0.25)).toBe(500);
});
