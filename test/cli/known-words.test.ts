import { expect, it } from 'vitest';
import { UsageError } from '../../cli/exit-codes.ts';
import { requireWord } from '../../cli/known-words.ts';

const WORDS = ['not-json', 'not-utf8', 'empty'] as const;

it('takes a word that is known', () => {
  expect(requireWord('--reason', 'empty', WORDS)).toBe('empty');
});

it.each([
  ['not-jsno', /^--reason takes .* "not-jsno" .* did you mean "not-json"\?$/],
  ['NOT-UTF8', /did you mean "not-utf8"\?$/],
  ['whatever\u001b', /"whatever." is not in it: it has not-json, not-utf8, empty\.$/],
])('refuses %s', (text, message) => {
  expect(() => requireWord('--reason', text, WORDS)).toThrow(UsageError);
  expect(() => requireWord('--reason', text, WORDS)).toThrow(message);
});
