/** Brings objects within reach and looks through them. */
import { join } from 'node:path';
import { fileSha256 } from '../storage/file-checksum.ts';
import { unreadable } from './landing-failure.ts';
import type { LandingObject, LandingSource, LocalObject } from './landing-object.ts';
import { prepareObject } from './prepare-object.ts';
import type { Prepared } from './prepare-object.ts';

/** An object that is ready for its reader. */
export interface ReadyObject {
  readonly object: LocalObject;
  /** Of its bytes; absent when no other object of the table can have the same. */
  readonly sha256: string | undefined;
  readonly prepared: Prepared | { readonly kind: 'foreign' };
}

/** What reading objects needs. */
export interface ObjectReaderOptions {
  readonly source: LandingSource;
  readonly objects: readonly LandingObject[];
  readonly scratch: string;
  readonly signal: AbortSignal | undefined;
}

/** Reads the objects of one table, several beside each other. */
export class ObjectReader {
  readonly #options: ObjectReaderOptions;
  /** Sizes that several objects have: only those can be the same. */
  readonly #commonSizes: ReadonlySet<number>;
  #read = 0;

  constructor(options: ObjectReaderOptions) {
    this.#options = options;
    const seen = new Set<number>();
    const common = new Set<number>();
    for (const { bytes } of options.objects) (seen.has(bytes) ? common : seen).add(bytes);
    this.#commonSizes = common;
  }

  /** Fetches an object and looks through it. */
  async read(listed: LandingObject): Promise<ReadyObject> {
    const { source, scratch, signal } = this.#options;
    const rowsPath = join(scratch, `${listed.table}-${this.#read++}.rows`);
    const object = await source.fetch(listed);
    const mayRepeat = source.cachedAs !== undefined || this.#commonSizes.has(listed.bytes);
    const sha256 = mayRepeat ? await sha256Of(object) : undefined;
    const prepared =
      object.kind === 'foreign'
        ? ({ kind: 'foreign' } as const)
        : await prepareObject(object, rowsPath, signal);
    return { object, sha256, prepared };
  }
}

async function sha256Of({ path, name }: LocalObject): Promise<string> {
  try {
    return (await fileSha256(path)).sha256;
  } catch (cause) {
    throw unreadable(name, cause);
  }
}
