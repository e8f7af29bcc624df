import { Readable } from 'node:stream';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import yargs from 'yargs';
import { usersCommand } from '../../../cli/commands/users.ts';
import { PASSWORD, temporaryFolder } from '../../bridge/broker/users-stage.ts';

const written: string[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  written.length = 0;
});

/** Runs a command with this on stdin; what it prints is in `written`. */
async function stedi(args: readonly string[], stdin = ''): Promise<void> {
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(
    Readable.from([stdin]) as NodeJS.ReadStream & { fd: 0 },
  );
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  }
  await yargs([...args])
    .command(usersCommand)
    .fail((message, error: unknown) => {
      throw error ?? new TypeError(message);
    })
    .parseAsync();
}

it('adds, lists and removes users; the password is nowhere but on stdin', async () => {
  const file = join(await temporaryFolder(), 'users');
  await stedi(['users', 'add', 'ann', '--users', file, '--client', 'tablet-7'], `${PASSWORD}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).not.toContain(PASSWORD);
  await stedi(['users', 'list', '--users', file]);
  await stedi(['users', 'list', '--users', file, '--json']);
  await stedi(['users', 'remove', 'ann', '--users', file]);
  await stedi(['users', 'list', '--users', file, '--json']);
  expect(written).toEqual([
    'ann is a user now.\n',
    'ann tablet-7\n',
    `${JSON.stringify({ users: [{ name: 'ann', clientIds: ['tablet-7'] }] }, null, 2)}\n`,
    'ann is no user any more.\n',
    `${JSON.stringify({ users: [] }, null, 2)}\n`,
  ]);
});

it('needs a password', async () => {
  const file = join(await temporaryFolder(), 'users');
  await expect(stedi(['users', 'add', 'ann', '--users', file])).rejects.toThrow(
    'No password was given',
  );
});

it('takes no password as an argument', async () => {
  const file = join(await temporaryFolder(), 'users');
  const args = ['users', 'add', 'ann', PASSWORD, '--users', file];
  await stedi(args, 'another horse\n');
  await stedi(['users', 'list', '--users', file]);
  expect(written.join('')).not.toContain(PASSWORD);
});
