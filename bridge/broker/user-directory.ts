import { stat } from 'node:fs/promises';

import { ClientIdOwners } from '../core/topic-rules.ts';
import { readUsers } from './users-file.ts';
import type { BrokerUser } from './users-file.ts';

const OTHERS_MAY_READ = 0o077;

/** The users as the file has them now. */
export class UserDirectory {
  readonly #path: string;
  readonly #onNotice: (notice: string) => void;
  #users: ReadonlyMap<string, BrokerUser> = new Map();
  #owners = new ClientIdOwners([]);
  #version = '';

  private constructor(path: string, onNotice: (notice: string) => void) {
    this.#path = path;
    this.#onNotice = onNotice;
  }

  /**
   * Reads the users for the first time.
   * @throws BridgeError `USERS_FILE`
   */
  static async open(path: string, onNotice: (notice: string) => void): Promise<UserDirectory> {
    const directory = new UserDirectory(path, onNotice);
    await directory.#read();
    const { mode } = await stat(path);
    if ((mode & OTHERS_MAY_READ) !== 0) {
      onNotice(`Others than its owner may use ${path}. Take that from them: chmod 600 ${path}`);
    }
    return directory;
  }

  get users(): ReadonlyMap<string, BrokerUser> {
    return this.#users;
  }

  /** The only user who may use the client id. */
  ownerOf(clientId: string): string | undefined {
    return this.#owners.ownerOf(clientId);
  }

  /** Reads the file again when it has changed; true then. A file that is wrong now is said, and the old users stay. */
  async refresh(): Promise<boolean> {
    try {
      if ((await this.#currentVersion()) === this.#version) return false;
      await this.#read();
      return true;
    } catch (error) {
      const version = await this.#currentVersion().catch(() => 'gone');
      if (version !== this.#version) {
        this.#version = version;
        this.#onNotice(`${(error as Error).message} The users from before stay until then.`);
      }
      return false;
    }
  }

  async #read(): Promise<void> {
    // Before the contents: a change in between is seen at the next look.
    const version = await this.#currentVersion().catch(() => '');
    const users = await readUsers(this.#path);
    this.#version = version;
    this.#users = new Map(users.map((user) => [user.name, user]));
    this.#owners = new ClientIdOwners(users);
  }

  async #currentVersion(): Promise<string> {
    const { ino, mtimeMs, size } = await stat(this.#path);
    return `${ino} ${mtimeMs} ${size}`;
  }
}
