import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readPassword } from '../../cli/read-password.ts';

/** Types lines, and returns what was read and what was shown. */
async function type(
  lines: string,
  isTTY: boolean,
): Promise<{ password: string | undefined; shown: string }> {
  const input = Object.assign(new PassThrough(), { isTTY });
  const shown = new PassThrough();
  input.end(lines);
  const password = await readPassword(input, shown);
  return { password, shown: String(shown.read() ?? '') };
}

it.each([
  ['one line', 'correct horse\n', 'correct horse'],
  ['one line without an end', 'correct horse', 'correct horse'],
  ['the first of two', 'correct horse\nmore\n', 'correct horse'],
  ['spaces as they are', '  x \n', '  x '],
  ['none in an empty line', '\n', undefined],
  ['none in nothing', '', undefined],
])('a password that is piped in is %s', async (_, lines, password) => {
  expect(await type(lines, false)).toEqual({ password, shown: '' });
});

it.each([
  ['twice the same', 'correct horse\ncorrect horse\n', 'correct horse'],
  ['two that differ', 'correct horse\ncorrect house\n', undefined],
  ['once', 'correct horse\n', undefined],
])('a password that is typed is asked for twice and not shown: %s', async (_, lines, password) => {
  expect(await type(lines, true)).toEqual({ password, shown: 'Password: \nOnce more: \n' });
});
