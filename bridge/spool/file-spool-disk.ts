import { closeSync, constants, fdatasync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { makeFolders } from '../../pipeline/index.ts';
import { lockFolder } from './folder-lock.ts';
import { readRange } from './read-range.ts';
import type { SpoolDisk, SpoolFile } from './spool-disk.ts';

const syncData = promisify(fdatasync);

/** Readings are personal data: only the user of the bridge may read them. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** A small file is written into this one, which has its space already: a full disk can still be marked as landed, and freed. */
const SPARE = 'spare';
const SPARE_BYTES = 4_096;
/** The file that was replaced, on its way to be the next spare: its space is never given back, for others to take. */
const REPLACED = 'replaced';

/** A spool folder of a file system, locked for this process. */
export class FileSpoolDisk implements SpoolDisk {
  readonly place: string;
  readonly #folder: FileHandle;
  readonly #unlock: () => void;
  readonly #noteFds = new Map<string, number>();

  private constructor(place: string, folder: FileHandle, unlock: () => void) {
    this.place = place;
    this.#folder = folder;
    this.#unlock = unlock;
  }

  /**
   * Makes the folder if there is none and locks it.
   *
   * @throws BridgeError `SPOOL_LOCKED`, `SPOOL_FAILED`; the error of the system when the folder cannot be made or read
   */
  static async open(place: string): Promise<FileSpoolDisk> {
    const made = makeFolders(place, FOLDER_MODE);
    const unlock = lockFolder(place);
    const folder = await open(place, 'r');
    for (const newFolder of made) await syncFolder(dirname(newFolder));
    const disk = new FileSpoolDisk(place, folder, unlock);
    await disk.#makeSpare();
    return disk;
  }

  async list(): Promise<readonly { readonly name: string; readonly bytes: number }[]> {
    const names = (await readdir(this.place)).sort();
    const entries = names.map(async (name) => ({ name, stats: await stat(this.#path(name)) }));
    return (await Promise.all(entries)).flatMap(({ name, stats }) =>
      stats.isFile() ? [{ name, bytes: stats.size }] : [],
    );
  }

  async read(name: string, offset = 0, bytes?: number): Promise<Uint8Array<ArrayBuffer>> {
    const file = await open(this.#path(name), 'r');
    try {
      const { size } = await file.stat();
      const wanted = Math.max(0, Math.min(bytes ?? size, size - offset));
      return await readRange(file, offset, wanted);
    } finally {
      await file.close();
    }
  }

  async create(name: string): Promise<SpoolFile> {
    const file = await open(this.#path(name), 'wx', FILE_MODE);
    try {
      await this.#folder.sync();
    } catch (error) {
      await file.close();
      await this.remove(name);
      throw error;
    }
    return new OpenFile(file);
  }

  async open(name: string): Promise<SpoolFile> {
    const file = await open(this.#path(name), 'r+');
    // Who created it may have died before its name was durable.
    await this.#folder.sync();
    return new OpenFile(file, (await file.stat()).size);
  }

  async replace(name: string, bytes: Uint8Array): Promise<void> {
    const file = await open(this.#path(SPARE), constants.O_RDWR | constants.O_CREAT, FILE_MODE);
    try {
      await writeAll(file, bytes);
      await file.truncate(bytes.length);
      await file.datasync();
    } finally {
      await file.close();
    }
    const replaced = await this.#keepReplaced(name);
    await rename(this.#path(SPARE), this.#path(name));
    await this.#folder.sync();
    if (replaced) await rename(this.#path(REPLACED), this.#path(SPARE));
    else await this.#makeSpare();
  }

  /** False when there is nothing to keep, or the file system has no links. */
  async #keepReplaced(name: string): Promise<boolean> {
    try {
      await rm(this.#path(REPLACED), { force: true });
      await link(this.#path(name), this.#path(REPLACED));
      return true;
    } catch {
      return false;
    }
  }

  note(name: string, bytes: Uint8Array): void {
    let fd = this.#noteFds.get(name);
    if (fd === undefined) {
      fd = openSync(this.#path(name), constants.O_WRONLY | constants.O_CREAT, FILE_MODE);
      this.#noteFds.set(name, fd);
    }
    writeSync(fd, bytes, 0, bytes.length, 0);
  }

  async syncNote(name: string): Promise<void> {
    const fd = this.#noteFds.get(name);
    if (fd !== undefined) await syncData(fd);
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  async close(): Promise<void> {
    for (const fd of this.#noteFds.values()) closeSync(fd);
    this.#noteFds.clear();
    await this.#folder.close();
    this.#unlock();
  }

  async #makeSpare(): Promise<void> {
    try {
      const file = await open(this.#path(SPARE), 'w', FILE_MODE);
      try {
        await writeAll(file, new Uint8Array(SPARE_BYTES));
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch {
      // It is made with the next small file then, if there is room at that time.
    }
  }

  #path(name: string): string {
    return join(this.place, name);
  }
}

class OpenFile implements SpoolFile {
  readonly #file: FileHandle;
  #length: number;

  constructor(file: FileHandle, length = 0) {
    this.#file = file;
    this.#length = length;
  }

  write(bytes: Uint8Array): void {
    this.rewrite(bytes, this.#length);
    this.#length += bytes.length;
  }

  rewrite(bytes: Uint8Array, offset: number): void {
    let written = 0;
    while (written < bytes.length) {
      const rest = bytes.length - written;
      written += writeSync(this.#file.fd, bytes, written, rest, offset + written);
    }
  }

  cut(bytes: number): void {
    ftruncateSync(this.#file.fd, bytes);
    this.#length = bytes;
  }

  sync(): Promise<void> {
    return syncData(this.#file.fd);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, written);
    written += bytesWritten;
  }
}
