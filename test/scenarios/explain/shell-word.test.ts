import { expect, test } from 'vitest';
import { toShellWord } from '../../../scenarios/explain/shell-word.ts';

test.each([
  ['phone-sends-twice-seed1', 'phone-sends-twice-seed1'],
  ['/tmp/a b', "'/tmp/a b'"],
  ['#2', "'#2'"],
  ["it's", String.raw`'it'\''s'`],
  ['-x', "'-x'"],
  ['', "''"],
])('%j is written %s', (text, word) => {
  expect(toShellWord(text)).toBe(word);
});
