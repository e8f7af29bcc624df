import { expect, test } from 'vitest';
import { readAmount } from '../../../scenarios/shrink/amounts.ts';

test.each([
  ['8m', 480_000, 1_000, '480s'],
  ['2s', 2_000, 1, '2s'],
  ['1.5s', 1_500, 1, '1500ms'],
  ['12.5%', 12.5, 0.1, '12.5%'],
  ['20ppm', 20, 1, '20ppm'],
  [30, 30, 1, 30],
])('%s is read with its step, and written again', (written, value, step, again) => {
  const amount = readAmount(written);
  expect(amount).toMatchObject({ value, step });
  expect(amount?.write(value)).toBe(again);
});

test('sums of shares are written without the dust of their fractions', () => {
  expect(readAmount('1%')?.write(0.1 + 0.2)).toBe('0.3%');
});

test.each(['-1s', 'trainer[3]', '0..29', -1, 1.5, true, undefined, '12'])(
  '%s is no amount',
  (written) => {
    expect(readAmount(written)).toBeUndefined();
  },
);
