import { inParallel } from '../storage/in-parallel.ts';
import type { Storage } from '../storage/storage.ts';
import { POINTER_KEY } from './layout.ts';
import { filesOf, readPointer } from './zones-pointer.ts';

const FILES_AT_ONCE = 4;

/**
 * The files that one run stores, until it is published or fails.
 *
 * Runs of the same rows store the same files under the same names, so that one that fails could take away what another is
 * about to name. Therefore one that took files back looks at the pointer again, and one that published looks whether its
 * files are there: whatever comes first, one of the two sees it, and puts back what is missing.
 */
export class StoredFiles {
  readonly #storage: Storage;
  readonly #paths: ReadonlyMap<string, string>;
  readonly #keys: string[] = [];

  /** `paths` are the local files by key. */
  constructor(storage: Storage, paths: ReadonlyMap<string, string>) {
    this.#storage = storage;
    this.#paths = paths;
  }

  /** Stores one. Throws what the storage throws. */
  async add(key: string, signal: AbortSignal | undefined): Promise<void> {
    // One whose answer was lost may be there.
    this.#keys.push(key);
    await this.#store(key, signal);
  }

  /** Removes what no pointer names, after a failure. What cannot be removed stays for the next run that publishes. */
  async takeBack(): Promise<void> {
    try {
      const named = await this.#namedNow();
      const taken = this.#keys.filter((key) => named?.has(key) === false);
      if (taken.length === 0) return;
      await this.#storage.remove(taken);
      const namedSince = await this.#namedNow();
      const wanted = taken.filter((key) => namedSince?.has(key) === true);
      await inParallel(wanted, FILES_AT_ONCE, (key) => this.#store(key));
    } catch {
      // The failure that led here is the one to report.
    }
  }

  /** Stores again what another run took back meanwhile. The pointer names them: a failure here is not one of the run. */
  async putBack(): Promise<void> {
    await inParallel(this.#keys, FILES_AT_ONCE, async (key) => {
      const there = await this.#storage.list(key);
      if (there.length === 0) await this.#store(key);
    }).catch(() => undefined);
  }

  /** The keys that the pointer names; undefined when it is one that cannot be read. */
  async #namedNow(): Promise<ReadonlySet<string> | undefined> {
    const stored = await this.#storage.read(POINTER_KEY);
    if (stored === undefined) return new Set();
    const pointer = readPointer(stored.bytes);
    return pointer && new Set(filesOf(pointer).map(({ file }) => file));
  }

  async #store(key: string, signal?: AbortSignal): Promise<void> {
    await this.#storage.store(this.#paths.get(key) ?? key, key, signal);
  }
}
