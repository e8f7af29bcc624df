/**
 * The users of the broker, one a line: `name:hash`, or `name:hash:id,id` where client ids are given to the user that do
 * not bear its name. Empty lines and lines that begin with `#` say nothing.
 */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';

import { BridgeError } from '../bridge-error.ts';
import { isClientId } from '../core/topic-rules.ts';
import type { ClientIdGrant } from '../core/topic-rules.ts';
import { parsePasswordHash } from './password-hash.ts';
import type { PasswordHash } from './password-hash.ts';

/** One user. */
export interface BrokerUser extends ClientIdGrant {
  /** As it stands in the file. */
  readonly hashText: string;
  readonly hash: PasswordHash;
}

const OWNER_ONLY = 0o600;

/**
 * Reads the users.
 * @throws BridgeError `USERS_FILE` when there is no such file or a line of it is wrong; the message names the line, and repeats none of it
 */
export async function readUsers(path: string): Promise<readonly BrokerUser[]> {
  return parseUsers(await readText(path), path);
}

/**
 * Reads the users from the text of a file; `path` is for messages.
 * @throws BridgeError `USERS_FILE`
 */
export function parseUsers(text: string, path: string): readonly BrokerUser[] {
  const users = new Map<string, BrokerUser>();
  const given = new Set<string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const user = parseLine(line);
    const fault = user === undefined ? WRONG_LINE : repetition(user, users, given);
    if (user === undefined || fault !== undefined) {
      throw new BridgeError('USERS_FILE', `Line ${index + 1} of ${path} ${fault}`);
    }
    users.set(user.name, user);
    for (const clientId of user.clientIds) given.add(clientId);
  }
  return [...users.values()];
}

/**
 * Writes the users in place of those in the file: whatever dies, there are the old ones or the new ones. Only the owner
 * may read it.
 * @throws BridgeError `USERS_FILE`
 */
export async function writeUsers(path: string, users: readonly BrokerUser[]): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', OWNER_ONLY);
    try {
      await file.writeFile(users.map(formatLine).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const message = `The users cannot be written to ${path} (${codeOf(error)}). Name a file in a folder where you may write.`;
    throw new BridgeError('USERS_FILE', message, { cause: error });
  }
}

const WRONG_LINE =
  'is not name:hash or name:hash:id,id, with a name and ids of 1–64 letters, digits and hyphens. Make it with "stedi users add".';

function parseLine(line: string): BrokerUser | undefined {
  const [name = '', hashText = '', ids, ...more] = line.split(':');
  const hash = parsePasswordHash(hashText);
  const clientIds = ids === undefined ? [] : ids.split(',');
  if (hash === undefined || more.length > 0) return undefined;
  return [name, ...clientIds].every(isClientId) ? { name, hashText, hash, clientIds } : undefined;
}

function repetition(
  { name, clientIds }: BrokerUser,
  users: ReadonlyMap<string, BrokerUser>,
  given: ReadonlySet<string>,
): string | undefined {
  if (users.has(name)) return 'repeats a user of a line before it. Keep one of them.';
  const isGiven = clientIds.some((clientId) => given.has(clientId));
  return isGiven ? 'gives a client id that a line before it gives. Keep one of them.' : undefined;
}

function formatLine({ name, hashText, clientIds }: BrokerUser): string {
  return `${[name, hashText, ...(clientIds.length > 0 ? [clientIds.join(',')] : [])].join(':')}\n`;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const message = `The users cannot be read from ${path} (${codeOf(error)}). Make the file with "stedi users add NAME --users ${path}".`;
    throw new BridgeError('USERS_FILE', message, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown cause';
}
