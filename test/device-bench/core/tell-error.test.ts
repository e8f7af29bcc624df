import { expect, it } from 'vitest';
import { tellError } from '../../../device-bench/core/tell-error.ts';

it.each([
  [new TypeError('x is undefined\n    at the/path.ts'), 'TypeError: x is undefined'],
  [new RangeError(''), 'RangeError'],
  ['a word', 'thrown string'],
  [undefined, 'thrown undefined'],
])('names %s', (thrown, words) => {
  expect(tellError(thrown)).toBe(words);
});
