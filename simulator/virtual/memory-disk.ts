/** A folder of files in memory that outlives the processes which use it, one after the other. */

/** A failure of the disk, with the code that a system would give. */
export class DiskFailure extends Error {
  readonly code: 'ENOENT' | 'EEXIST';

  constructor(code: 'ENOENT' | 'EEXIST', name: string) {
    super(`${code}: ${name}`);
    this.code = code;
  }
}

/** A file that grows. */
export interface MemoryFile {
  write(bytes: Uint8Array): void;
  rewrite(bytes: Uint8Array, offset: number): void;
  cut(bytes: number): void;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The folder as one process has it. What a dead process does to it has no effect, and what it waits for never comes. */
export interface MountedMemoryDisk {
  readonly place: string;
  list(): Promise<readonly { readonly name: string; readonly bytes: number }[]>;
  read(name: string, offset?: number, bytes?: number): Promise<Uint8Array<ArrayBuffer>>;
  create(name: string): Promise<MemoryFile>;
  open(name: string): Promise<MemoryFile>;
  replace(name: string, bytes: Uint8Array): Promise<void>;
  note(name: string, bytes: Uint8Array): void;
  syncNote(name: string): Promise<void>;
  remove(name: string): Promise<void>;
  close(): Promise<void>;
}

interface Contents {
  bytes: Buffer;
  length: number;
}

/**
 * A disk in memory. Everything that was written is there for the next process, as after the death of a process on a machine
 * that goes on; it knows no loss of power.
 */
export class MemoryDisk {
  readonly #files = new Map<string, Contents>();
  #process = {};

  /** The disk for a new process; the one before it is dead from now on. */
  mount(): MountedMemoryDisk {
    const process = {};
    this.#process = process;
    return this.#mountFor(() => this.#process === process);
  }

  /** The process that has the disk is killed. */
  kill(): void {
    this.#process = {};
  }

  #mountFor(isAlive: () => boolean): MountedMemoryDisk {
    const whileAlive = async <Result>(action: () => Result): Promise<Result> =>
      isAlive() ? action() : new Promise<never>(() => undefined);
    const put = (name: string, bytes: Uint8Array): void => {
      this.#files.set(name, { bytes: Buffer.from(bytes), length: bytes.length });
    };
    return {
      place: 'memory',
      list: () =>
        whileAlive(() =>
          [...this.#files]
            .map(([name, { length }]) => ({ name, bytes: length }))
            .sort((left, right) => (left.name < right.name ? -1 : 1)),
        ),
      read: (name, offset = 0, bytes = Infinity) =>
        whileAlive(() => {
          const file = this.#find(name);
          const end = Math.min(file.length, offset + bytes);
          return Uint8Array.from(file.bytes.subarray(offset, end));
        }),
      create: (name) =>
        whileAlive(() => {
          if (this.#files.has(name)) throw new DiskFailure('EEXIST', name);
          put(name, new Uint8Array(0));
          return openFile(this.#find(name), isAlive);
        }),
      open: (name) => whileAlive(() => openFile(this.#find(name), isAlive)),
      replace: (name, bytes) => whileAlive(() => put(name, bytes)),
      note: (name, bytes) => {
        if (isAlive()) put(name, bytes);
      },
      syncNote: () => whileAlive(() => undefined),
      remove: (name) => whileAlive(() => void this.#files.delete(name)),
      close: async () => {
        if (isAlive()) this.kill();
      },
    };
  }

  #find(name: string): Contents {
    const file = this.#files.get(name);
    if (file === undefined) throw new DiskFailure('ENOENT', name);
    return file;
  }
}

function openFile(file: Contents, isAlive: () => boolean): MemoryFile {
  const whileAlive = async (): Promise<void> =>
    isAlive() ? undefined : new Promise<never>(() => undefined);
  return {
    write: (bytes) => {
      if (isAlive()) append(file, bytes);
    },
    rewrite: (bytes, offset) => {
      if (isAlive()) file.bytes.set(bytes, offset);
    },
    cut: (bytes) => {
      if (isAlive()) file.length = Math.min(file.length, bytes);
    },
    sync: whileAlive,
    close: whileAlive,
  };
}

function append(file: Contents, bytes: Uint8Array): void {
  const end = file.length + bytes.length;
  if (end > file.bytes.length) {
    const grown = Buffer.alloc(Math.max(end, 2 * file.bytes.length));
    file.bytes.copy(grown, 0, 0, file.length);
    file.bytes = grown;
  }
  file.bytes.set(bytes, file.length);
  file.length = end;
}
