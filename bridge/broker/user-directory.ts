import { stat } from 'node:fs/promises';

import { ClientIdOwners } from '../core/topic-rules.ts';
import type { OnNotice } from '../notice.ts';
import { readUsers } from './users-file.ts';
import type { BrokerUser } from './users-file.ts';

const OTHERS_MAY_READ = 0o077;

/** The users as the file has them now. */
export class UserDirectory {
  readonly #path: string;
  readonly #onNotice: OnNotice;
  #users: ReadonlyMap<string, BrokerUser> = new Map();
  #owners = new ClientIdOwners([]);
  #version = '';

  private constructor(path: string, onNotice: OnNotice) {
    this.#path = path;
    this.#onNotice = onNotice;
  }

  /**
   * Reads the users for the first time.
   * @throws BridgeError `USERS_FILE`
   */
  static async open(path: string, onNotice: OnNotice): Promise<UserDirectory> {
    const directory = new UserDirectory(path, onNotice);
    await directory.#read();
    const { mode } = await stat(path);
    if ((mode & OTHERS_MAY_READ) !== 0) {
      const text = `Others than its owner may use ${path}. Take that from them: chmod 600 ${path}`;
      onNotice({ level: 'warn', part: 'listener', text });
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
        const text = `${(error as Error).message} The users from before stay until then.`;
        this.#onNotice({ level: 'warn', part: 'listener', text });
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
