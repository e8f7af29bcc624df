import { expect, test } from 'vitest';
import { nearestWord } from '../../presentation/index.ts';

test.each([
  ['smoek', ['mqtt', 'smoke'], 'smoke'],
  ['garbled', ['garble', 'merge'], 'garble'],
  ['weather', ['mqtt', 'smoke'], undefined],
  // All letters but one of a short word are others.
  ['ab', ['on', 'at'], 'at'],
  ['xyz', ['on', 'at'], undefined],
  ['', ['smoke'], undefined],
  ['smoke', [], undefined],
])('of "%s" and %j it is %s', (written, known, expected) => {
  expect(nearestWord(written, known)).toBe(expected);
});
