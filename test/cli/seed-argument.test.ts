import { expect, test } from 'vitest';
import { UsageError } from '../../cli/exit-codes.ts';
import { refuseNoSeed } from '../../cli/seed-argument.ts';

test.each([NaN, -1, 1.5, Infinity, 2 ** 53])('%d is no seed', (seed) => {
  expect(() => refuseNoSeed(seed)).toThrow(new UsageError('--seed takes a whole number from 0.'));
});

test.each([undefined, 0, 7, Number.MAX_SAFE_INTEGER])('%s may be given', (seed) => {
  expect(() => refuseNoSeed(seed)).not.toThrow();
});
