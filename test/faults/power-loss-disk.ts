/** A disk for spools that dies in every way a real one does, by a seed: power loss, no space, failed syncs, damage. */
import type { SpoolDisk, SpoolFile } from '../../bridge/spool/spool-disk.ts';
import type { Random } from '../../simulator/core/random.ts';
import { PowerLossFile } from './power-loss-file.ts';

/** How a disk behaves. */
export interface PowerLossOptions {
  /** Decides what survives a loss of power. */
  readonly random: Random;
  /** How long the disk takes to make something durable; without it, no time at all. */
  readonly wait?: () => Promise<void>;
}

interface Entry {
  /** What the running system sees; `undefined` after the removal. */
  file: PowerLossFile | undefined;
  /** What a loss of power would leave at least; `undefined` when the name is not durable. */
  durable: PowerLossFile | undefined;
}

/** The disk of a machine. One process at a time works on it, through what `mount` gave it. */
export class PowerLossDisk {
  readonly #random: Random;
  readonly #wait: () => Promise<void>;
  #entries = new Map<string, Entry>();
  #notes = new Map<string, Uint8Array<ArrayBuffer>[]>();
  #process: object | undefined;
  #syncFailure: string | undefined;
  #losses = 0;
  /** Writes beyond this many bytes in all files fail with ENOSPC, when some of their bytes are written. */
  capacityBytes: number = Number.POSITIVE_INFINITY;

  constructor(options: PowerLossOptions) {
    this.#random = options.random;
    this.#wait = options.wait ?? (async () => {});
  }

  /** The disk for a new process. What another one still waits for never comes. */
  mount(): SpoolDisk {
    const process = {};
    this.#process = process;
    return new MountedDisk(this, () => this.#process === process);
  }

  /** SIGKILL of the process: what it wrote is there, and nothing more comes of it. */
  kill(): void {
    this.#process = undefined;
  }

  /** Power is lost: of what was not made durable, any part may be there or not. */
  losePower(): void {
    this.kill();
    this.#losses++;
    const survivors = new Map<string, Entry>();
    for (const [name, { file, durable }] of this.#entries) {
      const kept = file === durable || this.#random.next() < 0.5 ? file : durable;
      kept?.losePower(this.#random);
      if (kept !== undefined) survivors.set(name, { file: kept, durable: kept });
    }
    this.#entries = survivors;
    for (const [name, versions] of this.#notes) {
      const kept = versions[Math.floor(this.#random.next() * versions.length)];
      if (kept !== undefined) this.#notes.set(name, [kept]);
    }
  }

  /** All syncs from now on fail with this code; `undefined` ends it. What a failed sync had to keep is never kept. */
  failSyncs(code: string | undefined): void {
    this.#syncFailure = code;
  }

  /** Names of all files, sorted. */
  names(): string[] {
    const files = [...this.#entries].filter(([, { file }]) => file !== undefined);
    return [...files.map(([name]) => name), ...this.#notes.keys()].sort();
  }

  /** Bytes of all files. */
  get usedBytes(): number {
    const files = [...this.#entries.values()];
    return files.reduce((sum, { file }) => sum + (file?.length ?? 0), 0);
  }

  /** A copy of what a file holds; empty when there is none. */
  contents(name: string): Uint8Array<ArrayBuffer> {
    const file = this.#entries.get(name)?.file;
    return file?.contents() ?? (this.#notes.get(name)?.at(-1) ?? new Uint8Array()).slice();
  }

  /** Overwrites bytes behind the back of everybody, for good. */
  damage(name: string, offset: number, bytes: Uint8Array): void {
    this.#entries.get(name)?.file?.damage(offset, bytes);
  }

  /** Puts a file there, for good, as if it had always been. */
  put(name: string, bytes: Uint8Array): void {
    const file = new PowerLossFile();
    file.write(bytes);
    file.keep(file.dirtyPages());
    this.#entries.set(name, { file, durable: file });
  }

  /** Takes a file away, for good. */
  delete(name: string): void {
    this.#entries.delete(name);
    this.#notes.delete(name);
  }

  /** For the mounted disk: the file of a name. @throws ENOENT */
  fileOf(name: string): PowerLossFile {
    const file = this.#entries.get(name)?.file;
    if (file === undefined) throw systemError('ENOENT', `no file ${name}`);
    return file;
  }

  /** For the mounted disk. @throws EEXIST */
  async create(name: string): Promise<PowerLossFile> {
    const entry = this.#entries.get(name);
    if (entry?.file !== undefined) throw systemError('EEXIST', `there is a file ${name}`);
    const file = new PowerLossFile();
    this.#entries.set(name, { file, durable: entry?.durable });
    await this.syncFolder();
    return file;
  }

  /** For the mounted disk: the old file or the new one, never a part. */
  async replace(name: string, bytes: Uint8Array): Promise<void> {
    const file = new PowerLossFile();
    file.write(bytes);
    await this.syncFile(file);
    this.#entries.set(name, { file, durable: this.#entries.get(name)?.durable });
    await this.syncFolder();
  }

  /** For the mounted disk: gone for those who look, but power loss may bring it back. */
  remove(name: string): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined) entry.file = undefined;
    this.#notes.delete(name);
  }

  /** For the mounted disk. */
  note(name: string, bytes: Uint8Array): void {
    this.#notes.set(name, [...(this.#notes.get(name) ?? []).slice(-8), bytes.slice()]);
  }

  /** For the mounted disk: forgets what the file held before. */
  async syncNote(name: string): Promise<void> {
    const noted = this.#notes.get(name)?.at(-1);
    await this.#work();
    // What was noted meanwhile may be there or not.
    const versions = this.#notes.get(name) ?? [];
    this.#notes.set(
      name,
      versions.slice(
        Math.max(
          0,
          versions.findIndex((it) => it === noted),
        ),
      ),
    );
  }

  /** For the mounted disk: writes what there is room for. @throws ENOSPC */
  write(file: PowerLossFile, bytes: Uint8Array): void {
    const room = Math.max(0, this.capacityBytes - this.usedBytes);
    file.write(bytes.subarray(0, room));
    if (room < bytes.length) throw systemError('ENOSPC', 'no space left on device');
  }

  /** For the mounted disk: fdatasync. */
  async syncFile(file: PowerLossFile): Promise<void> {
    const pages = file.dirtyPages();
    await this.#work();
    if (this.#syncFailure !== undefined) {
      // As Linux does it: the pages are taken for clean, and no later sync writes them.
      file.forget(pages);
      throw systemError(this.#syncFailure, 'the sync failed');
    }
    file.keep(pages);
  }

  /** Takes the time that the disk needs. What is going on when the power fails never ends. */
  async #work(): Promise<void> {
    const losses = this.#losses;
    await this.#wait();
    if (losses !== this.#losses) await new Promise<never>(() => {});
  }

  /** For the mounted disk: makes durable which files there are. */
  async syncFolder(): Promise<void> {
    const names = [...this.#entries].map(([name, { file }]) => ({ name, file }));
    await this.#work();
    if (this.#syncFailure !== undefined) throw systemError(this.#syncFailure, 'the sync failed');
    for (const { name, file } of names) {
      const entry = this.#entries.get(name);
      if (entry === undefined) continue;
      entry.durable = file;
      if (entry.file === undefined && file === undefined) this.#entries.delete(name);
    }
  }
}

class MountedDisk implements SpoolDisk {
  readonly place = 'simulated disk';
  readonly #disk: PowerLossDisk;
  readonly #isAlive: () => boolean;

  constructor(disk: PowerLossDisk, isAlive: () => boolean) {
    this.#disk = disk;
    this.#isAlive = isAlive;
  }

  list(): Promise<readonly { readonly name: string; readonly bytes: number }[]> {
    const sized = (name: string): { name: string; bytes: number } => {
      return { name, bytes: this.#disk.contents(name).length };
    };
    return this.#whileAlive(async () => this.#disk.names().map(sized));
  }

  read(name: string, offset = 0, bytes?: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#whileAlive(async () => {
      if (!this.#disk.names().includes(name)) throw systemError('ENOENT', `no file ${name}`);
      return this.#disk
        .contents(name)
        .slice(offset, bytes === undefined ? undefined : offset + bytes);
    });
  }

  create(name: string): Promise<SpoolFile> {
    return this.#whileAlive(async () => this.#opened(await this.#disk.create(name)));
  }

  open(name: string): Promise<SpoolFile> {
    return this.#whileAlive(async () => {
      const file = this.#disk.fileOf(name);
      await this.#disk.syncFolder();
      return this.#opened(file);
    });
  }

  replace(name: string, bytes: Uint8Array): Promise<void> {
    return this.#whileAlive(() => this.#disk.replace(name, bytes));
  }

  note(name: string, bytes: Uint8Array): void {
    if (this.#isAlive()) this.#disk.note(name, bytes);
  }

  syncNote(name: string): Promise<void> {
    return this.#whileAlive(() => this.#disk.syncNote(name));
  }

  remove(name: string): Promise<void> {
    return this.#whileAlive(async () => this.#disk.remove(name));
  }

  async close(): Promise<void> {
    if (this.#isAlive()) this.#disk.kill();
  }

  #opened(file: PowerLossFile): SpoolFile {
    const isAlive = this.#isAlive;
    return {
      write: (bytes) => {
        if (isAlive()) this.#disk.write(file, bytes);
      },
      rewrite: (bytes, offset) => {
        if (isAlive()) file.rewrite(bytes, offset);
      },
      cut: (bytes) => {
        if (isAlive()) file.cut(bytes);
      },
      sync: () => this.#whileAlive(() => this.#disk.syncFile(file)),
      close: async () => {},
    };
  }

  /** What a dead process waits for never comes, neither well nor badly. */
  async #whileAlive<Result>(action: () => Promise<Result>): Promise<Result> {
    const never = new Promise<never>(() => {});
    if (!this.#isAlive()) return never;
    try {
      const result = await action();
      return this.#isAlive() ? result : await never;
    } catch (error) {
      if (!this.#isAlive()) return never;
      throw error;
    }
  }
}

function systemError(code: string, text: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${text}`), { code });
}
