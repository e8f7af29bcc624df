/** Files of users for tests: hashes are made once, as they are slow on purpose. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { hashPassword } from '../../../bridge/broker/password-hash.ts';

/** What every user's password is in tests. */
export const PASSWORD = 'correct horse';

let hash: Promise<string> | undefined;

/** A hash of {@link PASSWORD}. */
export function passwordHash(): Promise<string> {
  hash ??= hashPassword(Buffer.from(PASSWORD));
  return hash;
}

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-users-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file of users, each with {@link PASSWORD}: `name`, or `name:id,id`. Returns its path. */
export async function usersFile(...users: readonly string[]): Promise<string> {
  const path = join(await temporaryFolder(), 'users');
  await writeUsersFile(path, ...users);
  return path;
}

/** Writes it in place of one that is there. */
export async function writeUsersFile(path: string, ...users: readonly string[]): Promise<void> {
  const hashText = await passwordHash();
  const lines = users.map((user) => {
    const [name, ids] = user.split(':');
    return ids === undefined ? `${name}:${hashText}\n` : `${name}:${hashText}:${ids}\n`;
  });
  await writeFile(path, lines.join(''), { mode: 0o600 });
}
