/** A copy of what has landed, which stands still while it is judged. */
import { copyFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LANDING_TABLES, makeFolders, openStorage } from '../../pipeline/index.ts';
import type { Place, Storage, StoredObject } from '../../pipeline/index.ts';

/** Objects that are copied at the same time. */
const PARALLEL = 4;

/** One object of the copy. */
export interface CopiedObject {
  /** Its key in the landing zone. */
  readonly key: string;
  readonly bytes: number;
  /** Its file in the copy. */
  readonly path: string;
}

/** The copy of a landing zone. Nothing that a bridge has stored is ever changed: each object is copied once. */
export class LandingCopy {
  /** Where the copy is: a landing folder like any other. */
  readonly folder: string;
  readonly #storage: Storage;
  readonly #aside: string;
  readonly #copied = new Map<string, CopiedObject>();

  constructor(landing: Place, folder: string) {
    this.folder = join(folder, 'landing');
    this.#aside = join(folder, 'aside');
    this.#storage = openStorage(landing);
    // Before anything has landed, the zones are empty and no failure.
    for (const table of LANDING_TABLES) makeFolders(join(this.folder, table));
    makeFolders(this.#aside);
  }

  /** All that is copied, in the order of its arrival. */
  get objects(): readonly CopiedObject[] {
    return [...this.#copied.values()];
  }

  /** Copies what is new, and gives it, sorted by key. Throws what the storage throws; what was copied by then stays. */
  async update(): Promise<CopiedObject[]> {
    const listed = await this.#storage.list('');
    const wanted = listed.filter(({ key }) => !this.#copied.has(key) && isPlain(key));
    const added: CopiedObject[] = [];
    for (let from = 0; from < wanted.length; from += PARALLEL) {
      const batch = wanted.slice(from, from + PARALLEL);
      added.push(...(await Promise.all(batch.map((object) => this.#copy(object)))));
    }
    // Only now: what a failure cut off is given by the next call as a whole.
    for (const object of added) this.#copied.set(object.key, object);
    return added;
  }

  close(): void {
    this.#storage.close();
  }

  async #copy(object: StoredObject): Promise<CopiedObject> {
    const { key, bytes } = object;
    const path = join(this.folder, ...key.split('/'));
    makeFolders(dirname(path));
    const fetched = await this.#storage.fetch(object, this.#aside);
    if (dirname(fetched) === this.#aside) await rename(fetched, path);
    else await copyFile(fetched, path);
    return { key, bytes, path };
  }
}

/** Whether a key names a file below the copy and nowhere else. */
function isPlain(key: string): boolean {
  return key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
