/** Brings objects within reach, and tells which of them hold the same. */
import { hash } from 'node:crypto';
import { fileSha256 } from '../storage/file-checksum.ts';
import { unreadable } from './landing-failure.ts';
import type { LandingObject, LandingSource, LocalObject } from './landing-object.ts';
import { readHead, SMALL_BYTES_MAX } from './object-bytes.ts';

/** An object within reach. */
export interface FetchedObject {
  readonly object: LocalObject;
  /** Of its bytes; absent when they are few, or when no other object of the table can have the same. */
  readonly sha256: string | undefined;
}

/** An object that is ready for its reader. */
export interface ReadyObject extends FetchedObject {
  /** All of its bytes when they are few, else the first ones; good until the next object is opened. */
  readonly head: Buffer;
}

/** What reading objects needs. */
export interface ObjectReaderOptions {
  readonly source: LandingSource;
  readonly objects: readonly LandingObject[];
}

const HEAD_BYTES = 16;

/** Reads the objects of one table, several beside each other. */
export class ObjectReader {
  readonly #source: LandingSource;
  /** Sizes that several objects have: only those can be the same. */
  readonly #commonSizes: ReadonlySet<number>;
  /** Small objects are read into the same memory again and again: what each took of its own, others would have to clear away. */
  readonly #memory: Buffer = Buffer.allocUnsafe(SMALL_BYTES_MAX);

  constructor({ source, objects }: ObjectReaderOptions) {
    this.#source = source;
    const seen = new Set<number>();
    const common = new Set<number>();
    for (const { bytes } of objects) (seen.has(bytes) ? common : seen).add(bytes);
    this.#commonSizes = common;
  }

  /** Fetches an object. */
  async fetch(listed: LandingObject): Promise<FetchedObject> {
    const object = await this.#source.fetch(listed);
    const isHashed = !isSmall(object) && this.#mayRepeat(object);
    return { object, sha256: isHashed ? await sha256Of(object) : undefined };
  }

  /** Reads the first bytes of an object that was fetched. */
  open({ object, sha256 }: FetchedObject): ReadyObject {
    if (!isSmall(object)) {
      return { object, sha256, head: readHead(object, this.#memory.subarray(0, HEAD_BYTES)) };
    }
    const head = readHead(object, this.#memory);
    if (!this.#mayRepeat(object)) return { object, sha256, head };
    return { object, sha256: hash('sha256', head, 'hex'), head };
  }

  #mayRepeat({ bytes }: LocalObject): boolean {
    return this.#source.cachedAs !== undefined || this.#commonSizes.has(bytes);
  }
}

function isSmall({ bytes }: LocalObject): boolean {
  return bytes <= SMALL_BYTES_MAX;
}

async function sha256Of({ path, name }: LocalObject): Promise<string> {
  try {
    return (await fileSha256(path)).sha256;
  } catch (cause) {
    throw unreadable(name, cause);
  }
}
