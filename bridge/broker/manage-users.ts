/** Adds, lists and removes users of the broker in their file. */
import { existsSync } from 'node:fs';

import { BridgeError } from '../bridge-error.ts';
import { isClientId } from '../core/topic-rules.ts';
import { hashPassword, parsePasswordHash } from './password-hash.ts';
import { readUsers, writeUsers } from './users-file.ts';
import type { BrokerUser } from './users-file.ts';

const PASSWORD_LENGTH_MIN = 8;
/** A CONNECT with it, a user name, a client id and a last will stays small. */
const PASSWORD_BYTES_MAX = 128;

/**
 * Adds a user to the file, or gives a user another password and other client ids. The file is made when there is none.
 * @throws BridgeError `USERS_FILE` when a name, id or the password cannot be, or the file cannot be read or written
 */
export async function addUser(
  path: string,
  user: { readonly name: string; readonly password: string; readonly clientIds: readonly string[] },
): Promise<'added' | 'changed'> {
  const { name, password, clientIds } = user;
  const wrong = [name, ...clientIds].find((text) => !isClientId(text));
  if (wrong !== undefined) {
    throw new BridgeError(
      'USERS_FILE',
      'A user name or client id has 1–64 letters, digits and hyphens.',
    );
  }
  const bytes = Buffer.byteLength(password);
  if (password.length < PASSWORD_LENGTH_MIN || bytes > PASSWORD_BYTES_MAX) {
    const message = `A password has at least ${PASSWORD_LENGTH_MIN} characters and at most ${PASSWORD_BYTES_MAX} bytes.`;
    throw new BridgeError('USERS_FILE', message);
  }
  const users = existsSync(path) ? await readUsers(path) : [];
  const hashText = await hashPassword(Buffer.from(password));
  const hash = parsePasswordHash(hashText)!;
  const others = users.filter((other) => other.name !== name);
  await writeChecked(path, [...others, { name, hashText, hash, clientIds }]);
  return others.length === users.length ? 'added' : 'changed';
}

/**
 * The users of the file with the client ids that were given to them by name.
 * @throws BridgeError `USERS_FILE`
 */
export async function listUsers(
  path: string,
): Promise<readonly { readonly name: string; readonly clientIds: readonly string[] }[]> {
  return (await readUsers(path)).map(({ name, clientIds }) => ({ name, clientIds }));
}

/**
 * Removes a user from the file. A broker that runs with the file cuts the user's clients within seconds.
 * @throws BridgeError `USERS_FILE` when there is no such user, too
 */
export async function removeUser(path: string, name: string): Promise<void> {
  const users = await readUsers(path);
  const others = users.filter((user) => user.name !== name);
  if (others.length === users.length) {
    const message = `${path} has no user of that name. See "stedi users list --users ${path}".`;
    throw new BridgeError('USERS_FILE', message);
  }
  await writeChecked(path, others);
}

/** A client id that two users have would make the file unreadable: it is not written. */
async function writeChecked(path: string, users: readonly BrokerUser[]): Promise<void> {
  const ids = users.flatMap(({ clientIds }) => clientIds);
  if (new Set(ids).size !== ids.length) {
    throw new BridgeError('USERS_FILE', 'A client id is given twice. Give each to one user.');
  }
  await writeUsers(path, users);
}
