import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { FolderSink } from '../adapters/folder-sink.ts';
import { BridgeError } from '../bridge-error.ts';
import type { LandingObject } from '../core/landing-batches.ts';
import type { ObjectShelf } from './object-shelf.ts';

/** Objects as files below a folder. */
export class FolderShelf implements ObjectShelf {
  readonly #root: string;
  readonly #sink: FolderSink;

  constructor(root: string) {
    this.#root = root;
    this.#sink = new FolderSink(root, { durable: true });
  }

  async list(prefix: string): Promise<string[]> {
    try {
      const entries = await readdir(this.#path(prefix), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(this.#root, join(parentPath, name)))
        .map((path) => path.split(sep).join('/'))
        .toSorted();
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw this.#unreadable(prefix, cause);
    }
  }

  async storedMs(key: string): Promise<number | undefined> {
    try {
      return (await stat(this.#path(key))).mtimeMs;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw this.#unreadable(key, cause);
    }
  }

  async *read(key: string): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(this.#path(key)) as AsyncIterable<Uint8Array>;
    } catch (cause) {
      throw this.#unreadable(key, cause);
    }
  }

  put(object: LandingObject): Promise<void> {
    return this.#sink.put(object);
  }

  putNew(object: LandingObject): Promise<boolean> {
    return this.#sink.putNew(object);
  }

  close(): void {
    // Nothing is held.
  }

  #path(key: string): string {
    return join(this.#root, ...key.split('/'));
  }

  #unreadable(key: string, cause: unknown): BridgeError {
    const message = `Cannot read ${this.#path(key)}. Check that --out names the folder that the bridge lands in, and its rights.`;
    return new BridgeError('STORAGE_REFUSED', message, { cause });
  }
}
