import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolders } from '../../pipeline/index.ts';
import { BridgeError } from '../bridge-error.ts';
import type { LandingObject } from '../core/landing-batches.ts';
import type { ObjectSink } from '../ports.ts';

/** Stores objects as files below a folder. Metadata has no place there and is left out. */
export class FolderSink implements ObjectSink {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** @throws BridgeError STORAGE_REFUSED */
  async put(object: LandingObject): Promise<void> {
    const path = join(this.#root, ...object.key.split('/'));
    const aside = `${path}.part`;
    try {
      makeFolders(dirname(path));
      await writeFile(aside, object.body);
      await rename(aside, path);
    } catch (cause) {
      // The first failure is the one to report, whatever becomes of the half-written file.
      await rm(aside, { force: true }).catch(() => undefined);
      const message = `Cannot write ${path}. Check that the folder can be written and the disk has room.`;
      throw new BridgeError('STORAGE_REFUSED', message, { cause });
    }
  }
}
