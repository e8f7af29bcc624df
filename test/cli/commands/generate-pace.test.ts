import { expect, test } from 'vitest';
import { Pace } from '../../../cli/commands/generate-pace.ts';

test.each([
  [10_000, 5_000_000, 0.5, '5.0 M rows, 0.5 M rows/s, 10 s left'],
  [10_000, 14_200_000, 0.1, '14.2 M rows, 1.4 M rows/s, 1 min 30 s left'],
  [100_000, 100_000_000, 0.01, '100.0 M rows, 1.0 M rows/s, 2 h 45 min left'],
  [10_000, 1_000_000, 1, '1.0 M rows, 0.1 M rows/s, 0 s left'],
  [0, 1_000_000, 0.5, '1.0 M rows, 0 s left'],
])('after %i ms with %i rows and %d of the work', (ms, rows, share, text) => {
  let now = 500;
  const pace = new Pace(() => now);
  now += ms;
  expect(pace.describe(rows, share)).toBe(text);
});
