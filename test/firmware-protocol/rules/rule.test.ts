import { expect, it } from 'vitest';
import { LEVELS } from '../../../firmware-protocol/rules/rule.ts';

it('orders the levels from the least to the most', () => {
  expect(LEVELS).toEqual(['L0', 'L1', 'L2', 'L3']);
});
