/** What the spool needs of a disk: one flat folder of files. Tests put one in its place that loses power. */

/** A folder for one spool. Names are plain file names. Failures are those of the system, with its `code` (ENOSPC, EIO, …). */
export interface SpoolDisk {
  /** Where it is, for messages. */
  readonly place: string;
  /** Names and lengths of all files, sorted by name. */
  list(): Promise<readonly { readonly name: string; readonly bytes: number }[]>;
  /** The file, or at most `bytes` of it from `offset`. @throws ENOENT */
  read(name: string, offset?: number, bytes?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** A new, empty file. Its entry in the folder is durable when this resolves. @throws EEXIST */
  create(name: string): Promise<SpoolFile>;
  /** A file that is there, to write at its end. Its entry in the folder is durable when this resolves. @throws ENOENT */
  open(name: string): Promise<SpoolFile>;
  /** Puts a whole small file in place at once: whatever dies, there is the old one or the new one. Durable when it resolves. */
  replace(name: string, bytes: Uint8Array): Promise<void>;
  /**
   * Overwrites a file of always the same few bytes in place, before it returns. It survives the death of the process; after
   * a loss of power any of its former contents may be there.
   */
  note(name: string, bytes: Uint8Array): void;
  /** Resolves when what was noted in a file last would survive the loss of power, too. No error when there is none. */
  syncNote(name: string): Promise<void>;
  /** Removes a file. No error when there is none. */
  remove(name: string): Promise<void>;
  /** Lets the folder go, for another process. */
  close(): Promise<void>;
}

/** A file that grows. */
export interface SpoolFile {
  /** Gives bytes to the operating system, at the end of the file, before it returns. @throws when not all of them were taken */
  write(bytes: Uint8Array): void;
  /**
   * Puts bytes in the place of as many that are there, for a sync to write: after one that failed, the system takes what it
   * has in memory for written. @throws when not all of them were taken
   */
  rewrite(bytes: Uint8Array, offset: number): void;
  /** Shortens the file, so that nothing is left of a write that failed half-way. */
  cut(bytes: number): void;
  /** Resolves when all that was written before the call would survive the loss of power (fdatasync). */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The code of a failure of the system, such as ENOSPC; `undefined` when it is something else. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
