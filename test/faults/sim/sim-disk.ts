/** The disk that loses power, in virtual time: what has to become durable takes a while, and never does without power. */
import { crc32 } from 'node:zlib';
import { scanSegment } from '../../../bridge/core/spool-segment.ts';
import type { SpoolDisk } from '../../../bridge/spool/spool-disk.ts';
import { drawInteger } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/index.ts';
import { PowerLossDisk } from '../power-loss-disk.ts';
import type { Machine } from './sim-process.ts';

/** What can be done to a file behind the back of the bridge. */
export type Damage = 'bit-flip' | 'zeroed-page' | 'deleted-segment';

const SYNC_MS = [1, 6] as const;
const PAGE_BYTES = 4096;

/** One disk with one spool on it, which outlives processes. */
export class SimDisk {
  readonly #machine: Machine;
  readonly #random: Random;
  readonly #disk: PowerLossDisk;
  #power = 0;
  #failsSyncs = false;
  /** How many times longer than usual a sync takes. */
  slowness: number = 1;
  /** What losses of power left behind. */
  readonly met = { tornTail: 0, resurrected: 0 };

  constructor(machine: Machine, random: Random) {
    this.#machine = machine;
    this.#random = random;
    this.#disk = new PowerLossDisk({ random, wait: () => this.#wait() });
  }

  /** The disk for a new process. */
  mount(): SpoolDisk {
    return this.#disk.mount();
  }

  /** The process is dead; the system still ends what it began. */
  kill(): void {
    this.#disk.kill();
  }

  /** Takes the power away. */
  losePower(): void {
    this.#power++;
    const before = new Set(this.#disk.names());
    this.#disk.losePower();
    const after = this.#disk.names();
    if (after.some((name) => !before.has(name))) this.met.resurrected++;
    if (after.some((name) => isTorn(name, this.#disk.contents(name)))) this.met.tornTail++;
  }

  /** Whether somebody has to expect that it fails. */
  get isIll(): boolean {
    return this.#failsSyncs || Number.isFinite(this.#disk.capacityBytes);
  }

  /** Syncs from now on work, or fail for good. */
  failSyncs(isFailing: boolean): void {
    this.#failsSyncs = isFailing;
    this.#disk.failSyncs(isFailing ? 'EIO' : undefined);
  }

  /** Leaves room for so many bytes, or all the room in the world. */
  leaveRoom(bytes: number): void {
    let used = 0;
    for (const name of this.#disk.names()) used += this.#disk.contents(name).length;
    this.#disk.capacityBytes = used + bytes;
  }

  /** Files that hold landing rows: those of which damage costs something. */
  get segments(): readonly string[] {
    return this.#disk
      .names()
      .filter((name) => isSegment(name) && scanSegment(this.#disk.contents(name), crc32).rows > 0);
  }

  /**
   * Damages a file. Gives how many rows that may cost; where power fails too, everything that follows counts, as all of
   * it may be taken for a write that was cut off.
   */
  damage(kind: Damage, name: string, isPowerLost: boolean): number {
    const contents = this.#disk.contents(name);
    const rowsIn = (from: number, end: number): number =>
      countRows(contents, from, isPowerLost ? contents.length : end);
    if (kind === 'deleted-segment') {
      this.#disk.delete(name);
      return rowsIn(0, contents.length);
    }
    const offset = drawInteger(this.#random, 0, contents.length - 1);
    if (kind === 'bit-flip') {
      const bit = 1 << drawInteger(this.#random, 0, 7);
      this.#disk.damage(name, offset, Uint8Array.of((contents[offset] as number) ^ bit));
      return rowsIn(offset, offset + 1);
    }
    const from = offset - (offset % PAGE_BYTES);
    const end = Math.min(from + PAGE_BYTES, contents.length);
    this.#disk.damage(name, from, new Uint8Array(end - from));
    return rowsIn(from, end);
  }

  /** What waits when the power fails waits for ever. */
  #wait(): Promise<void> {
    const power = this.#power;
    const ms = drawInteger(this.#random, ...SYNC_MS) * this.slowness;
    return new Promise((resolve) => {
      this.#machine.at(this.#machine.now() + ms, () => {
        if (power === this.#power) resolve();
      });
    });
  }
}

function isSegment(name: string): boolean {
  return name.endsWith('.segment');
}

function isTorn(name: string, contents: Uint8Array<ArrayBuffer>): boolean {
  return isSegment(name) && scanSegment(contents, crc32).gaps.length > 0;
}

/** The rows of all records that a range touches. */
function countRows(contents: Uint8Array<ArrayBuffer>, from: number, end: number): number {
  let rows = 0;
  scanSegment(contents, crc32, (record) => {
    if (record.offset < end && record.end > from) rows += record.rows;
  });
  return rows;
}
