import { expect, test } from 'vitest';
import { showBoth } from '../../../scenarios/run/determinism-words.ts';

test.each([
  ['short lines whole', 'a', undefined, '  a\n  (nothing)'],
  ['what a terminal would obey by its number', 'a\r', 'a\u009B2J', '  a\\u{d}\n  a\\u{9b}2J'],
])('two lines show %s', (_, left, right, shown) => {
  expect(showBoth(left, right)).toBe(shown);
});

test('of long lines the part about the first difference', () => {
  const [left, right] = ['b', 'c'].map((sign) => 'a'.repeat(500) + sign + 'd'.repeat(500));
  const part = `${'a'.repeat(100)}|${'d'.repeat(299)}`;
  expect(showBoth(left, right)).toBe(
    `  …${part.replace('|', 'b')}…\n  …${part.replace('|', 'c')}…`,
  );
});
