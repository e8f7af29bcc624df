import { expect, it, vi } from 'vitest';

import { succeedsWithin } from '../../../simulator/live/time-limit.ts';

it('is true when the work is done in time', async () => {
  expect(await succeedsWithin(10_000, Promise.resolve('done'))).toBe(true);
});

it('is false, and does not throw, when the work fails', async () => {
  expect(await succeedsWithin(10_000, Promise.reject(new RangeError('failed')))).toBe(false);
});

it('is false when the work takes too long, and leaves no timer either way', async () => {
  vi.useFakeTimers();
  const late = succeedsWithin(500, new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(500);
  expect(await late).toBe(false);
  await succeedsWithin(500, Promise.resolve());
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
