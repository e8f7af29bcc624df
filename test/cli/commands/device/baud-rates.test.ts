import { expect, it } from 'vitest';
import {
  checkBaud,
  DEFAULT_BAUD,
  USUAL_BAUDS,
} from '../../../../cli/commands/device/baud-rates.ts';
import { UsageError } from '../../../../cli/exit-codes.ts';

it.each([...USUAL_BAUDS, DEFAULT_BAUD, 50, 4_000_000])('takes %s baud', (baud) => {
  expect(checkBaud(baud)).toBe(baud);
});

it.each([0, -9_600, 49, 4_000_001, 57_600.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'refuses %s baud',
  (baud) => {
    expect(() => checkBaud(baud)).toThrow(UsageError);
  },
);

it('tries the usual speed first', () => {
  expect(USUAL_BAUDS[0]).toBe(DEFAULT_BAUD);
});
