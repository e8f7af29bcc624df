import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseUsers, readUsers, writeUsers } from '../../../bridge/broker/users-file.ts';
import { passwordHash, temporaryFolder, usersFile } from './users-stage.ts';

const HASH = await passwordHash();

describe('a file of users', () => {
  it('holds one user a line, with client ids that were given to them', () => {
    const users = parseUsers(
      `# phones\r\nann:${HASH}\r\n\n  \nbob:${HASH}:tablet-7,tablet-8\n`,
      'users',
    );
    expect(users.map(({ name, clientIds }) => [name, clientIds])).toEqual([
      ['ann', []],
      ['bob', ['tablet-7', 'tablet-8']],
    ]);
  });

  it.each([
    ['no hash', 'ann'],
    ['a password in the clear', 'ann:correct horse'],
    ['no name', `:${HASH}`],
    ['a name with a wildcard', `a+:${HASH}`],
    ['an empty client id', `ann:${HASH}:`],
    ['a client id with a slash', `ann:${HASH}:a/b`],
    ['a fourth field', `ann:${HASH}:a:b`],
  ])('has no line with %s, and what is wrong is not repeated', (_, line) => {
    const parse = (): unknown => parseUsers(`bob:${HASH}\n${line}\n`, 'the-file');
    expect(parse).toThrow(
      expect.objectContaining({
        code: 'USERS_FILE',
        message: expect.stringMatching(/^Line 2 of the-file is not name:hash/) as string,
      }) as Error,
    );
    expect(parse).not.toThrow('correct horse');
  });

  it.each([
    ['a user', `ann:${HASH}`, 'repeats a user'],
    ['a client id', `bob:${HASH}:tablet-7`, 'gives a client id that'],
  ])('names %s once', (_, line, fault) => {
    expect(() => parseUsers(`ann:${HASH}:tablet-7\n${line}\n`, 'users')).toThrow(
      `Line 2 of users ${fault}`,
    );
  });

  it('says how it is made when there is none', async () => {
    const path = join(await temporaryFolder(), 'missing');
    await expect(readUsers(path)).rejects.toMatchObject({
      code: 'USERS_FILE',
      message: expect.stringContaining('ENOENT). Make the file with "stedi users add') as string,
    });
  });

  it('is written for its owner alone, and read back the same', async () => {
    const path = await usersFile('ann', 'bob:tablet-7,tablet-8');
    const before = await readFile(path, 'utf8');
    const users = await readUsers(path);
    await writeUsers(path, users);
    expect(await readFile(path, 'utf8')).toBe(before);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('says when it cannot be written', async () => {
    const path = join(await temporaryFolder(), 'no-folder', 'users');
    await expect(writeUsers(path, [])).rejects.toMatchObject({ code: 'USERS_FILE' });
  });
});
