/**
 * A disk that outlives processes and loses what was not synced when the power fails. Writes are at once in the memory of
 * the operating system; what takes time happens in virtual time, at the end of that time, unless the power fails before.
 */
import { scanSegment } from '../../../bridge/core/spool-segment.ts';
import type { SpoolDisk, SpoolFile } from '../../../bridge/spool/spool-disk.ts';
import { crc32 } from 'node:zlib';
import { drawChance, drawInteger } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/index.ts';
import { SimFile, systemError } from './sim-file.ts';
import type { SimProcess } from './sim-process.ts';

const QUICK_MS = [1, 6] as const;
const PAGE_BYTES = 4096;

/** What can be done to a file behind the back of the bridge. */
export type Damage = 'bit-flip' | 'zeroed-page' | 'deleted-segment';

/** One disk with one folder on it. */
export class SimDisk {
  readonly #random: Random;
  readonly #files = new Map<string, SimFile>();
  /** Names that were taken out of the folder since the folder was last synced. */
  #removed = new Map<string, SimFile>();
  /** What files held that were overwritten in place; no sync ever makes sure of them. */
  #formerNotes = new Map<string, (Uint8Array | undefined)[]>();
  #power = 0;
  /** Bytes that fit on the disk. */
  capacity: number = Number.POSITIVE_INFINITY;
  /** What the next syncs do: `fail` reports EIO, and the bytes are gone for good once the memory is. */
  syncs: 'work' | 'fail' = 'work';
  /** How much longer than usual a sync takes. */
  slowness: number = 1;
  /** How often each way to fail was met. */
  readonly met = { full: 0, syncFailed: 0, tornTail: 0, resurrected: 0 };

  constructor(random: Random) {
    this.#random = random;
  }

  /** The disk as one process sees it: nothing of it is heard any more once the process is dead. */
  open(process: SimProcess): SpoolDisk {
    const later = <T>(deed: () => T): Promise<T> => this.#later(process, deed);
    const file = (name: string, of: SimFile): SpoolFile => ({
      write: (bytes) => {
        process.check();
        this.#write(of, name, bytes);
      },
      cut: (bytes) => {
        process.check();
        of.cut(bytes);
      },
      sync: () => {
        const length = of.length;
        return later(() => this.#sync(of, length));
      },
      close: () => later(() => undefined),
    });
    return {
      place: 'the simulated disk',
      list: () =>
        later(() =>
          [...this.#files]
            .map(([name, { length }]) => ({ name, bytes: length }))
            .sort((left, right) => (left.name < right.name ? -1 : 1)),
        ),
      read: (name, offset = 0, bytes = Number.POSITIVE_INFINITY) =>
        later(() => this.#existing(name).read().slice(offset, offset + bytes)),
      create: (name) => later(() => file(name, this.#create(name))),
      open: (name) => later(() => file(name, this.#existing(name))),
      replace: (name, bytes) => later(() => this.#replace(name, Uint8Array.from(bytes))),
      note: (name, bytes) => {
        process.check();
        this.#note(name, Uint8Array.from(bytes));
      },
      remove: (name) => later(() => this.#remove(name)),
      close: () => later(() => undefined),
    };
  }

  /** Takes the power away: what was not synced vanishes, or a part of it, or it comes back as zeros. */
  losePower(): void {
    this.#power++;
    for (const file of this.#files.values()) {
      if (file.losePower(this.#random)) this.met.tornTail++;
    }
    for (const [name, file] of this.#removed) {
      if (this.#files.has(name) || !drawChance(this.#random, 0.5)) continue;
      file.losePower(this.#random);
      this.#files.set(name, file);
      this.met.resurrected++;
    }
    this.#removed = new Map();
    this.#loseNotes();
  }

  /** Files that hold landing rows: those of which damage costs something. */
  get segments(): readonly string[] {
    return [...this.#files.keys()].filter(
      (name) => name.endsWith('.segment') && scanSegment(this.#existing(name).read(), crc32).rows > 0,
    );
  }

  /** Damages a file. Gives how many rows that may cost. */
  damage(kind: Damage, name: string): number {
    if (kind === 'deleted-segment') return this.#delete(name);
    return kind === 'bit-flip' ? this.#flipBit(name) : this.#zeroPage(name);
  }

  /** Turns one bit of a file. Gives how many rows that may cost. */
  #flipBit(name: string): number {
    const file = this.#existing(name);
    const offset = drawInteger(this.#random, 0, file.length - 1);
    const bit = 1 << drawInteger(this.#random, 0, 7);
    return damage(file, offset, Uint8Array.of((file.read()[offset] as number) ^ bit));
  }

  /** Turns a page of a file, or what there is of it, to zeros. Gives how many rows that may cost. */
  #zeroPage(name: string): number {
    const file = this.#existing(name);
    const page = drawInteger(this.#random, 0, Math.floor((file.length - 1) / PAGE_BYTES));
    const from = page * PAGE_BYTES;
    return damage(file, from, new Uint8Array(Math.min(PAGE_BYTES, file.length - from)));
  }

  /** Takes a file away, as an administrator would who wanted room. Gives how many rows were in it. */
  #delete(name: string): number {
    const { rows } = scanSegment(this.#existing(name).read(), crc32);
    this.#files.delete(name);
    return rows;
  }

  /** Bytes in use. */
  get used(): number {
    let bytes = 0;
    for (const file of this.#files.values()) bytes += file.length;
    return bytes;
  }

  #later<T>(process: SimProcess, deed: () => T): Promise<T> {
    const power = this.#power;
    const ms = drawInteger(this.#random, ...QUICK_MS) * this.slowness;
    return new Promise((resolve, reject) => {
      process.machine.at(process.machine.now() + ms, () => {
        // The system ends what a dead process began, but not without power.
        if (power !== this.#power) return;
        try {
          const result = deed();
          if (process.isAlive) resolve(result);
        } catch (error) {
          if (process.isAlive) reject(error);
        }
      });
    });
  }

  #write(file: SimFile, name: string, bytes: Uint8Array): void {
    const free = Math.max(0, this.capacity - this.used);
    file.append(bytes.subarray(0, free));
    if (bytes.length <= free) return;
    this.met.full++;
    throw systemError('ENOSPC', `no space left for ${name}`);
  }

  #sync(file: SimFile, length: number): void {
    if (this.syncs === 'work') return file.sync(length);
    this.met.syncFailed++;
    file.forget();
    throw systemError('EIO', 'the disk did not take it');
  }

  #existing(name: string): SimFile {
    const file = this.#files.get(name);
    if (file === undefined) throw systemError('ENOENT', `there is no ${name}`);
    return file;
  }

  #create(name: string): SimFile {
    if (this.#files.has(name)) throw systemError('EEXIST', `${name} exists`);
    this.#needRoom(name, 1);
    const file = new SimFile();
    this.#files.set(name, file);
    this.#removed.clear();
    return file;
  }

  #replace(name: string, bytes: Uint8Array): void {
    this.#needRoom(name, bytes.length);
    this.#files.set(name, durableFile(bytes));
    this.#formerNotes.delete(name);
    this.#removed.clear();
  }

  #note(name: string, bytes: Uint8Array): void {
    const before = this.#files.get(name)?.read();
    this.#formerNotes.set(name, [...(this.#formerNotes.get(name) ?? []), before]);
    this.#files.set(name, durableFile(bytes));
  }

  /** After a note any of its former contents may be there. */
  #loseNotes(): void {
    for (const [name, former] of this.#formerNotes) {
      const way = drawInteger(this.#random, 0, former.length);
      const bytes = former[way];
      if (way === former.length) continue;
      this.#files.delete(name);
      if (bytes !== undefined) this.#files.set(name, durableFile(bytes));
    }
    this.#formerNotes = new Map();
  }

  #remove(name: string): void {
    const file = this.#files.get(name);
    if (file === undefined) return;
    this.#files.delete(name);
    this.#removed.set(name, file);
  }

  #needRoom(name: string, bytes: number): void {
    if (this.used + bytes <= this.capacity) return;
    this.met.full++;
    throw systemError('ENOSPC', `no space left for ${name}`);
  }
}

function durableFile(bytes: Uint8Array): SimFile {
  const file = new SimFile();
  file.append(bytes);
  file.sync(bytes.length);
  return file;
}

/** The rows of all records that the bytes touch. */
function damage(file: SimFile, offset: number, bytes: Uint8Array): number {
  let rows = 0;
  scanSegment(file.read(), crc32, (record) => {
    if (record.offset < offset + bytes.length && record.end > offset) rows += record.rows;
  });
  file.damage(offset, bytes);
  return rows;
}
