import { expect, test } from 'vitest';
import { householdCount } from '../../../../simulator/landing-zone/index.ts';

test.each([
  [1, 1, 1],
  [6, 3, 2],
  [7, 3, 3],
  [2, 5, 1],
])('%i customers in households of %i make %i', (customers, householdSize, households) => {
  expect(householdCount({ customers, householdSize })).toBe(households);
});
