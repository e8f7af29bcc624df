/** What the lake needs of any place that holds objects. A folder and a bucket behave alike. */

/** One stored object. Keys are relative to the place, with `/` between their parts. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  /** Differs when the bytes differ: the ETag of a bucket; size, time of change and inode of a file. */
  readonly tag: string;
}

/** What a conditional write expects: an object with this tag, or none at all. */
export type Expected = { readonly tag: string } | 'absent';

/**
 * Objects in one place. Whole objects are moved, checked by checksum at both ends; nobody ever sees a part of one, and what
 * was stored survives the loss of power. Calls may run beside each other. Failures are PipelineError STORAGE_UNREACHABLE,
 * STORAGE_REFUSED, LANDING_UNREADABLE, LANDING_CHANGED, OUTPUT_UNWRITABLE or DISK_FULL.
 */
export interface Storage {
  /** All objects whose keys begin with `prefix`, sorted by key. A listing that contradicts itself is an error. */
  list(prefix: string, signal?: AbortSignal): Promise<StoredObject[]>;
  /** The names of folders right below the place, without `/`: the first thousand at most. */
  folders(signal?: AbortSignal): Promise<string[]>;
  /** A local file with the whole object: the object itself where it is one, else a copy made in `folder`. Fails when the object is no longer the one that was listed. */
  fetch(object: StoredObject, folder: string, signal?: AbortSignal): Promise<string>;
  /** Stores a local file, which may be removed but not changed afterwards, under a key; an object of that key is replaced at once. */
  store(path: string, key: string, signal?: AbortSignal): Promise<StoredObject>;
  /** The bytes of a small object, or undefined when there is none. */
  read(
    key: string,
    signal?: AbortSignal,
  ): Promise<{ readonly bytes: Buffer; readonly tag: string } | undefined>;
  /** Writes a small object at once. False when `expected` is not what is there. */
  write(key: string, bytes: Uint8Array, expected?: Expected): Promise<boolean>;
  /** Removes objects; keys that do not exist are fine. */
  remove(keys: readonly string[]): Promise<void>;
  close(): void;
}
