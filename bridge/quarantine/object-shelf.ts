/** A place with objects, to look through and to add to. */
import type { LandingObject } from '../core/landing-batches.ts';

/** Failures are {@link BridgeError}s of the storage: STORAGE_UNREACHABLE, STORAGE_REFUSED, STORAGE_CORRUPT. */
export interface ObjectShelf {
  /** All keys that begin with a prefix, which ends in a slash, sorted. */
  list(prefix: string): Promise<string[]>;
  /** When the object was stored, in epoch ms; `undefined` when there is none. */
  storedMs(key: string): Promise<number | undefined>;
  /** The bytes of an object that is there, as they are stored. */
  read(key: string): AsyncIterable<Uint8Array>;
  put(object: LandingObject): Promise<void>;
  /** Stores an object unless there is one under its key; false when there is. */
  putNew(object: LandingObject): Promise<boolean>;
  close(): void;
}
