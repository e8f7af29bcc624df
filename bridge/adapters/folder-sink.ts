import { randomBytes } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolders } from '../../pipeline/index.ts';
import { BridgeError } from '../bridge-error.ts';
import type { LandingObject } from '../core/landing-batches.ts';
import type { ObjectSink } from '../ports.ts';
import { explainFolderFailure } from './folder-failure.ts';

/** How objects are written. */
export interface FolderSinkOptions {
  /**
   * Syncs each file and its folder before `put` resolves, so that the object survives the loss of power. False if absent:
   * a run that can be repeated need not wait for the disk.
   */
  readonly durable?: boolean;
}

/** Stores objects as files below a folder. Metadata has no place there and is left out. */
export class FolderSink implements ObjectSink {
  readonly #root: string;
  readonly #durable: boolean;

  constructor(root: string, { durable = false }: FolderSinkOptions = {}) {
    this.#root = root;
    this.#durable = durable;
  }

  /**
   * Makes the folder unless it is there, and looks whether a file can be made in it, before anything is collected for it.
   *
   * @throws BridgeError STORAGE_REFUSED
   */
  async check(): Promise<void> {
    const trial = join(this.#root, asideName());
    try {
      const made = makeFolders(this.#root);
      if (this.#durable) await syncFolders(made.map((folder) => dirname(folder)));
      await this.#write(trial, '');
      await rm(trial);
    } catch (cause) {
      throw explainFolderFailure(this.#root, cause);
    }
  }

  /** @throws BridgeError STORAGE_REFUSED */
  async put(object: LandingObject): Promise<void> {
    await this.#place(object, rename);
  }

  /**
   * Stores an object unless there is one under its key; false when there is.
   *
   * @throws BridgeError STORAGE_REFUSED
   */
  async putNew(object: LandingObject): Promise<boolean> {
    try {
      await this.#place(object, async (aside, path) => {
        await link(aside, path);
        await rm(aside);
      });
      return true;
    } catch (error) {
      const cause =
        error instanceof BridgeError ? (error.cause as NodeJS.ErrnoException) : undefined;
      if (cause?.code === 'EEXIST' && cause.syscall === 'link') return false;
      throw error;
    }
  }

  /** Writes aside and lets `move` bring the file to its place, so that a whole object is there or none. */
  async #place(
    object: LandingObject,
    move: (aside: string, path: string) => Promise<void>,
  ): Promise<void> {
    const path = join(this.#root, ...object.key.split('/'));
    const aside = join(dirname(path), asideName());
    try {
      const made = makeFolders(dirname(path));
      await this.#write(aside, object.body);
      await move(aside, path);
      if (this.#durable)
        await syncFolders([dirname(path), ...made.map((folder) => dirname(folder))]);
    } catch (cause) {
      // The first failure is the one to report, whatever becomes of the half-written file.
      await rm(aside, { force: true }).catch(() => undefined);
      throw explainFolderFailure(path, cause);
    }
  }

  async #write(path: string, body: string | Uint8Array): Promise<void> {
    const file = await open(path, 'w');
    try {
      await file.writeFile(body);
      if (this.#durable) await file.sync();
    } finally {
      await file.close();
    }
  }
}

/**
 * A name of its own for each attempt: one that was given up may still be writing. Readers skip what begins with a dot. It is
 * short whatever the object's is: file systems take 255 bytes.
 */
function asideName(): string {
  return `.${randomBytes(12).toString('hex')}.part`;
}

/** Makes names durable: those of files in their folder, and those of new folders in the one above. */
async function syncFolders(paths: readonly string[]): Promise<void> {
  for (const path of new Set(paths)) {
    const folder = await open(path);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
