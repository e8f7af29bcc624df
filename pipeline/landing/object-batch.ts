/** Objects that wait until there are enough of them to be worth a statement of the engine. */
import { rm } from 'node:fs/promises';
import type { LandingSource, LocalObject } from './landing-object.ts';

/** The books of one object. */
export interface ObjectAccount {
  readonly name: string;
  readonly tag: string;
  readonly bytes: number;
  /** Of its bytes, hexadecimal; absent when no other object of the table can have the same. */
  readonly sha256: string | undefined;
  /** What its rows carry while the table is cached. */
  readonly number: number;
  /** Whether it was read in this run. */
  readonly isReread: boolean;
  /** The object that has the same bytes and counts instead of this one. */
  readonly original?: ObjectAccount;
  rows: number;
  quarantined: number;
  /** Whether nothing of it can be read, so that it is in quarantine as a whole. */
  isSetAside?: true;
}

/** An object on its way into the engine. */
export interface Waiting<File> {
  readonly object: LocalObject;
  readonly account: ObjectAccount;
  readonly file: File;
  /** How much of memory and disk it takes. */
  readonly bytes: number;
  /** A file of ours that is removed when the object is done. */
  readonly scratch?: string;
}

/** As many as the engine opens well in one statement. */
export const BATCH_FILES_MAX = 500;
/** Bounds what is unpacked at once, and what one transaction holds. */
const BATCH_BYTES_MAX = 256 * 1024 * 1024;

/** How objects are inserted together. */
export interface Batching<File> {
  /** How many there may be at most. */
  readonly filesMax: number;
  readonly insert: (batch: readonly Waiting<File>[]) => Promise<void>;
}

interface Batch<File> {
  readonly waiting: Waiting<File>[];
  bytes: number;
}

/** Collects objects that are alike and hands them on together. */
export class ObjectBatches<File> {
  readonly #source: LandingSource;
  readonly #batching: Batching<File>;
  readonly #batches = new Map<string, Batch<File>>();

  constructor(source: LandingSource, batching: Batching<File>) {
    this.#source = source;
    this.#batching = batching;
  }

  /** Takes an object; inserts those that are `alike` when there are enough. */
  async add(alike: string, waiting: Waiting<File>): Promise<void> {
    const batch = this.#batches.get(alike) ?? { waiting: [], bytes: 0 };
    this.#batches.set(alike, batch);
    batch.waiting.push(waiting);
    batch.bytes += waiting.bytes;
    const isFull = batch.waiting.length >= this.#batching.filesMax;
    if (isFull || batch.bytes >= BATCH_BYTES_MAX) await this.#flush(alike);
  }

  /** Inserts all that still wait. */
  async end(): Promise<void> {
    for (const alike of this.#batches.keys()) await this.#flush(alike);
  }

  async #flush(alike: string): Promise<void> {
    const batch = this.#batches.get(alike)?.waiting ?? [];
    this.#batches.delete(alike);
    await this.#batching.insert(batch);
    for (const { object, scratch } of batch) {
      if (scratch !== undefined) await rm(scratch, { force: true });
      await this.#source.release(object);
    }
  }
}
