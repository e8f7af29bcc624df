import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { link, readdir, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { makeFolders } from '../make-folders.ts';
import { PipelineError } from '../pipeline-error.ts';
import { linkOrCopy, syncPath, writeSynced } from './durable-files.ts';
import { errnoOf, unreadable, unwritable } from './folder-failure.ts';
import type { Expected, Storage, StoredObject } from './storage.ts';

const STATS_PER_TURN = 64;
const FOLDERS_MAX = 1000;
/** A part of a key that is empty, `.` or `..`. */
const ODD_PART = /(?:^|\/)\.{0,2}(?:\/|$)/;
/** A file that was being written when its process ended: `.<24 hex digits>.part` in the folder of the file that it was to be. */
const ASIDE = /^\.[0-9a-f]{24}\.part$/;

/** Whether a key is that of a file which a process left half-written when it was killed. */
export function isAside(key: string): boolean {
  return ASIDE.test(key.slice(key.lastIndexOf('/') + 1));
}

/** Objects as files below a folder, which need not exist yet. Links are followed. */
export class FolderStorage implements Storage {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async list(prefix: string, signal?: AbortSignal): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    const visited = new Set<string>();
    const first = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const waiting = [first];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      signal?.throwIfAborted();
      const path = join(this.#root, folder);
      try {
        // A link may lead back up; a folder that was seen is not entered again.
        const real = await realpath(path);
        if (visited.has(real)) continue;
        visited.add(real);
        await this.#listFolder(folder, prefix, { found, waiting, signal });
      } catch (cause) {
        signal?.throwIfAborted();
        const isMissing = errnoOf(cause) === 'ENOENT' && found.length === 0 && visited.size === 0;
        // A file in the place of the folder has nothing below it.
        if (isMissing || (errnoOf(cause) === 'ENOTDIR' && folder === first)) return [];
        throw unreadable(path, cause);
      }
    }
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async #listFolder(
    folder: string,
    prefix: string,
    into: {
      readonly found: StoredObject[];
      readonly waiting: string[];
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<void> {
    const names = await readdir(join(this.#root, folder));
    for (const [index, name] of names.entries()) {
      if (index % STATS_PER_TURN === 0) await setImmediate();
      into.signal?.throwIfAborted();
      const key = folder + name;
      if (!key.startsWith(prefix)) continue;
      const object = this.#statusUnlessAside(key);
      if (object === 'folder') into.waiting.push(`${key}/`);
      else if (object !== undefined) into.found.push(object);
    }
  }

  /** What is written aside and what is removed may be gone since its name was read. */
  #statusUnlessAside(key: string): StoredObject | 'folder' | undefined {
    try {
      return this.#statusOf(key);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' && isAside(key)) return undefined;
      throw error;
    }
  }

  async folders(): Promise<string[]> {
    try {
      const names = await readdir(this.#root);
      return names.filter((name) => this.#isFolder(name)).slice(0, FOLDERS_MAX);
    } catch (cause) {
      if (errnoOf(cause) === 'ENOENT') return [];
      throw unreadable(this.#root, cause);
    }
  }

  fetch(object: StoredObject): Promise<string> {
    const path = this.#pathOf(object.key);
    let isThere = true;
    try {
      const status = statSync(path, { bigint: true });
      if (tagOf(status) === object.tag) return Promise.resolve(path);
    } catch (cause) {
      if (errnoOf(cause) !== 'ENOENT') return Promise.reject(unreadable(path, cause));
      isThere = false;
    }
    const failure = new PipelineError(
      'LANDING_CHANGED',
      `${path} ${isThere ? 'has changed' : 'is gone'} since it was listed. Run again when nothing writes there.`,
    );
    return Promise.reject(failure);
  }

  async store(path: string, key: string): Promise<StoredObject> {
    await this.#place(key, async (aside, target) => {
      await linkOrCopy(path, aside);
      await syncPath(aside);
      await rename(aside, target);
    });
    return this.#statusOf(key) as StoredObject;
  }

  async read(key: string): Promise<{ readonly bytes: Buffer; readonly tag: string } | undefined> {
    const path = this.#pathOf(key);
    try {
      const bytes = await readFile(path);
      return { bytes, tag: (this.#statusOf(key) as StoredObject).tag };
    } catch (cause) {
      if (errnoOf(cause) === 'ENOENT') return undefined;
      throw unreadable(path, cause);
    }
  }

  /** A tag is compared and the file replaced in two steps: two processes that write the same key need a lock besides. */
  async write(key: string, bytes: Uint8Array, expected?: Expected): Promise<boolean> {
    if (typeof expected === 'object') {
      const there = await this.read(key);
      if (there?.tag !== expected.tag) return false;
    }
    try {
      await this.#place(key, async (aside, target) => {
        await writeSynced(aside, bytes);
        await (expected === 'absent' ? link(aside, target) : rename(aside, target));
      });
      return true;
    } catch (error) {
      const cause = error instanceof PipelineError ? error.cause : undefined;
      if (expected === 'absent' && errnoOf(cause) === 'EEXIST') return false;
      throw error;
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    const folders = new Set<string>();
    for (const key of keys) {
      const path = this.#pathOf(key);
      try {
        await rm(path, { force: true });
        folders.add(dirname(path));
      } catch (cause) {
        throw unwritable(path, cause);
      }
    }
    for (const folder of folders) await this.#removeEmpty(folder);
  }

  /** A bucket knows no empty folders either. */
  async #removeEmpty(folder: string): Promise<void> {
    if (relative(this.#root, folder) === '') return;
    try {
      await rmdir(folder);
    } catch {
      await syncPath(folder).catch(() => undefined);
      return;
    }
    await this.#removeEmpty(dirname(folder));
  }

  close(): void {}

  /** Lets `write` make a file aside and bring it to its place, so that a whole object is there or none. */
  async #place(
    key: string,
    write: (aside: string, target: string) => Promise<void>,
  ): Promise<void> {
    const target = this.#pathOf(key);
    const aside = join(dirname(target), `.${randomBytes(12).toString('hex')}.part`);
    try {
      const made = makeFolders(dirname(target));
      await write(aside, target);
      for (const folder of [target, ...made].map((path) => dirname(path))) await syncPath(folder);
    } catch (cause) {
      throw unwritable(target, cause);
    } finally {
      // Also after success: a rename of one link onto another of the same file leaves both.
      await rm(aside, { force: true }).catch(() => undefined);
    }
  }

  /** What is gone, or a link to nowhere, is no folder. */
  #isFolder(name: string): boolean {
    try {
      return this.#statusOf(name) === 'folder';
    } catch {
      return false;
    }
  }

  /** Without waiting: of many small objects, a thread's turn for each costs three times as much as the call. */
  #statusOf(key: string): StoredObject | 'folder' {
    const status = statSync(this.#pathOf(key), { bigint: true });
    if (status.isDirectory()) return 'folder';
    return { key, bytes: Number(status.size), tag: tagOf(status) };
  }

  #pathOf(key: string): string {
    if (!ODD_PART.test(key)) return join(this.#root, key);
    throw new PipelineError(
      'OUTPUT_UNWRITABLE',
      `"${key}" does not name a file below ${this.#root}. Give keys without empty parts, "." and "..".`,
    );
  }
}

/** What differs when a file was written to or replaced. */
function tagOf({ size, mtimeNs, ino }: BigIntStats): string {
  return `${size}-${mtimeNs}-${ino}`;
}
