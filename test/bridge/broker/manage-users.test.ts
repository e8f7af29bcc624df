import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { addUser, listUsers, removeUser } from '../../../bridge/broker/index.ts';
import { isPassword } from '../../../bridge/broker/password-hash.ts';
import { readUsers } from '../../../bridge/broker/users-file.ts';
import { PASSWORD, temporaryFolder, usersFile } from './users-stage.ts';

const ANN = { name: 'ann', password: PASSWORD, clientIds: ['tablet-7'] };

it('a user is added to a file that is made for it, listed, and removed', async () => {
  const path = join(await temporaryFolder(), 'users');
  expect(await addUser(path, ANN)).toBe('added');
  expect(await readFile(path, 'utf8')).not.toContain(PASSWORD);
  expect(await listUsers(path)).toEqual([{ name: 'ann', clientIds: ['tablet-7'] }]);
  await removeUser(path, 'ann');
  expect(await listUsers(path)).toEqual([]);
  expect(await readdir(dirname(path))).toEqual(['users']);
});

it('a user who is there gets another password and other ids', async () => {
  const path = await usersFile('ann:tablet-7', 'bob');
  expect(await addUser(path, { ...ANN, password: 'another horse', clientIds: [] })).toBe('changed');
  expect(await listUsers(path)).toEqual([
    { name: 'bob', clientIds: [] },
    { name: 'ann', clientIds: [] },
  ]);
  const [, ann] = await readUsers(path);
  expect(await isPassword(Buffer.from('another horse'), ann!.hash)).toBe(true);
});

it.each([
  ['a name that is none', { ...ANN, name: 'Ann Lee' }],
  ['a client id that is none', { ...ANN, clientIds: ['a/b'] }],
  ['a short password', { ...ANN, password: 'seven77' }],
  ['a password of 129 bytes', { ...ANN, password: 'x'.repeat(129) }],
  ["another user's client id", { ...ANN, clientIds: ['tablet-8'] }],
  ['a client id twice', { ...ANN, clientIds: ['tablet-9', 'tablet-9'] }],
])('%s is refused, and the file stays as it is', async (_, user) => {
  const path = await usersFile('bob:tablet-8');
  const before = await readFile(path, 'utf8');
  await expect(addUser(path, user)).rejects.toMatchObject({ code: 'USERS_FILE' });
  expect(await readFile(path, 'utf8')).toBe(before);
});

it('a user who is not there cannot be removed', async () => {
  const path = await usersFile('bob');
  await expect(removeUser(path, 'ann')).rejects.toMatchObject({ code: 'USERS_FILE' });
});
