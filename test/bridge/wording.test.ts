import { expect, test } from 'vitest';
import { listed, plural } from '../../bridge/wording.ts';

test.each([
  [0, '0 lines'],
  [1, '1 line'],
  [1_234, '1,234 lines'],
])('%d of them are told as "%s"', (count, told) => {
  expect(plural(count, 'line')).toBe(told);
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j is listed as "%s"', (names, told) => {
  expect(listed(names)).toBe(told);
});
