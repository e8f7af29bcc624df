import { expect, test } from 'vitest';
import { UsageError } from '../../cli/exit-codes.ts';
import { refuseRepeats } from '../../cli/repeats.ts';

const check = refuseRepeats(['files', 'tag']);

test('lists may repeat, and so may what yargs itself collects', () => {
  expect(check({ _: ['run'], files: ['a', 'b'], tag: ['x', 'y'], out: 'c', all: true })).toBe(true);
});

test('an option that is given twice is refused by name', () => {
  expect(() => check({ _: ['run'], files: [], out: ['a', 'b'] })).toThrow(
    new UsageError('Give --out once; it was given 2 times.'),
  );
});
