import { chmod, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserDirectory } from '../../../bridge/broker/user-directory.ts';
import { temporaryFolder, usersFile, writeUsersFile } from './users-stage.ts';

async function open(path: string): Promise<{ directory: UserDirectory; notices: string[] }> {
  const notices: string[] = [];
  const directory = await UserDirectory.open(path, ({ text }) => notices.push(text));
  return { directory, notices };
}

it('knows the users of the file, and whose a client id is', async () => {
  const { directory, notices } = await open(await usersFile('ann', 'bob:tablet-7'));
  expect([...directory.users.keys()]).toEqual(['ann', 'bob']);
  expect([directory.ownerOf('ann-1'), directory.ownerOf('tablet-7')]).toEqual(['ann', 'bob']);
  expect(await directory.refresh()).toBe(false);
  expect(notices).toEqual([]);
});

it('reads the file again when it has changed', async () => {
  const path = await usersFile('ann');
  const { directory } = await open(path);
  await writeUsersFile(path, 'ann', 'bob');
  expect(await directory.refresh()).toBe(true);
  expect([...directory.users.keys()]).toEqual(['ann', 'bob']);
  expect(await directory.refresh()).toBe(false);
});

it('keeps the users of before while the file is wrong or gone, and says each once', async () => {
  const path = await usersFile('ann');
  const { directory, notices } = await open(path);
  await writeFile(path, 'nonsense\n');
  expect([await directory.refresh(), await directory.refresh()]).toEqual([false, false]);
  await rm(path);
  expect([await directory.refresh(), await directory.refresh()]).toEqual([false, false]);
  expect([...directory.users.keys()]).toEqual(['ann']);
  expect(notices).toEqual([
    expect.stringMatching(/^Line 1 of .* The users from before stay until then\.$/),
    expect.stringMatching(/ENOENT.* The users from before stay until then\.$/),
  ]);

  await writeUsersFile(path, 'bob');
  await utimes(path, 1, 1);
  expect(await directory.refresh()).toBe(true);
  expect([...directory.users.keys()]).toEqual(['bob']);
});

it('says when others may read the file', async () => {
  const path = await usersFile('ann');
  await chmod(path, 0o640);
  const { notices } = await open(path);
  expect(notices).toEqual([expect.stringContaining(`chmod 600 ${path}`)]);
});

it('does not begin without a file', async () => {
  const path = join(await temporaryFolder(), 'missing');
  await expect(open(path)).rejects.toMatchObject({ code: 'USERS_FILE' });
});
