import type { BatchTable } from '../core/landing-batches.ts';
import { segmentFileName } from '../core/spool-names.ts';
import { timeOfDay } from '../core/time-of-day.ts';
import type { Crc32 } from '../core/spool-record.ts';
import { encodeHeader, SPOOL_FORMAT } from '../core/spool-segment.ts';
import type { BridgeTimers } from '../ports.ts';
import { AppendBuffer } from './append-buffer.ts';
import { OpenSegment } from './open-segment.ts';
import type { SealedSegment } from './spool-contract.ts';
import type { SpoolDisk, SpoolFile } from './spool-disk.ts';
import type { SpoolHealth } from './spool-health.ts';

const DAY_MS = 86_400_000;

/** When a segment is sealed: at a size in bytes, or at an age in ms since its first record. */
export interface SegmentLimits {
  readonly segmentBytes: number;
  readonly segmentMs: number;
}

/** What a lane works with. */
export interface LaneOptions {
  readonly table: BatchTable;
  readonly spoolId: string;
  readonly disk: SpoolDisk;
  readonly health: SpoolHealth;
  readonly timers: BridgeTimers;
  readonly crc32: Crc32;
  readonly limits: SegmentLimits;
  /** Runs an action after everything that is going on now. */
  readonly defer: (action: () => void) => void;
  readonly onSealed: (segment: SealedSegment) => void;
}

/** The segments of one table that are written: one at a time, and the one before it until it is sealed. */
export class SpoolLane {
  readonly #options: LaneOptions;
  readonly #buffer: AppendBuffer;
  #open: OpenSegment | undefined;
  #closing: OpenSegment | undefined;
  #beginning: Promise<void> | undefined;
  #rolling: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  #isSyncing = false;
  #isDeferred = false;
  #isStuck = false;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#buffer = new AppendBuffer(options.crc32);
  }

  /** Bytes of the segments that are not sealed. */
  get bytes(): number {
    return (this.#open?.bytes ?? 0) + (this.#closing?.bytes ?? 0);
  }

  /** Records that are durable in segments that are not sealed. */
  get durableRows(): number {
    return (this.#open?.durableRows ?? 0) + (this.#closing?.durableRows ?? 0);
  }

  /** Arrival of the oldest record in segments that are not sealed. */
  get oldestMs(): number | undefined {
    for (const segment of [this.#closing, this.#open]) {
      if (segment !== undefined && segment.rows > 0) return segment.firstArrivalMs;
    }
    return this.#buffer.length > 0 ? this.#buffer.firstArrivalMs : undefined;
  }

  /** Begins to write: into a new segment, or into the file of one that was never used. */
  async begin(number: number, unused?: SpoolFile): Promise<void> {
    this.#beginning = this.#create(number, unused).then((segment) => {
      this.#open = segment;
      this.write();
    });
    // A failure is said by the health of the spool. On a full disk, records wait in memory.
    await Promise.race([this.#beginning.catch(() => {}), this.#options.health.trouble()]);
  }

  append(lines: Uint8Array, rows: number, onDurable: (() => void) | undefined): void {
    const { health, timers, defer } = this.#options;
    if (health.state === 'failed') return;
    const before = this.#buffer.length;
    this.#buffer.addRecord({ arrivalMs: timeOfDay(timers), rows, body: lines }, onDurable);
    health.addPending(this.#buffer.length - before);
    if (this.#isDeferred) return;
    this.#isDeferred = true;
    defer(() => {
      this.#isDeferred = false;
      this.write();
    });
  }

  /** Gives the operating system what was appended. */
  write(): void {
    const { health, limits } = this.#options;
    const segment = this.#open;
    if (segment === undefined || this.#buffer.length === 0) return;
    if (this.#isStuck || health.state === 'failed') return;
    const isFirst = segment.rows === 0;
    try {
      segment.write(this.#buffer);
    } catch (error) {
      this.#waitForRoom(error);
      return;
    }
    health.unblock(this);
    this.#keepDurable();
    if (isFirst) this.#sealAtAge(segment);
    const isNewDay = dayOf(segment.firstArrivalMs) !== dayOf(timeOfDay(this.#options.timers));
    if (segment.bytes >= limits.segmentBytes || isNewDay) this.#rollSoon();
  }

  /** Seals what was appended so far, if anything was. @throws BridgeError `SPOOL_FAILED` */
  async seal(): Promise<void> {
    await this.#allWritten();
    const segment = this.#open;
    // A move to another segment may be going on that began before this one.
    while (this.#closing !== undefined || (segment === this.#open && (segment?.rows ?? 0) > 0)) {
      await this.#roll();
    }
  }

  /** Makes durable what was appended and lets the files go. @throws BridgeError `SPOOL_FAILED` */
  async close(): Promise<void> {
    this.#isStuck = false;
    this.write();
    await this.#beginning?.catch(() => {});
    await this.#rolling?.catch(() => {});
    await this.#syncing;
    for (const segment of [this.#closing, this.#open]) await segment?.close();
    const isKept = this.#buffer.length === 0;
    this.#open = undefined;
    this.#closing = undefined;
    if (!isKept || this.#options.health.state === 'failed') await this.#options.health.nextRetry();
  }

  #waitForRoom(error: unknown): void {
    const { health } = this.#options;
    if (!health.block(this, error)) return;
    this.#isStuck = true;
    const again = (): void => {
      this.#isStuck = false;
      this.write();
    };
    // When the wait is ended, the spool was closed or has failed, and nothing is written any more.
    health.nextRetry().then(again, () => {});
  }

  async #allWritten(): Promise<void> {
    this.write();
    while (this.#buffer.length > 0) {
      await this.#options.health.nextRetry();
      this.write();
    }
  }

  #sealAtAge(segment: OpenSegment): void {
    const { timers, limits } = this.#options;
    timers.at(timers.now() + limits.segmentMs, () => {
      if (this.#open === segment) this.#rollSoon();
    });
  }

  #keepDurable(): void {
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    this.#syncing = this.#syncAll();
  }

  /** One sync after the other while there is something to make durable; all that is written meanwhile shares the next. */
  async #syncAll(): Promise<void> {
    while (this.#options.health.state !== 'failed') {
      const segment = this.#closing ?? this.#open;
      if (segment?.hasUnsynced) await this.#sync(segment);
      else if (segment !== undefined && segment === this.#closing) await this.#finish(segment);
      else break;
    }
    this.#isSyncing = false;
  }

  async #sync(segment: OpenSegment): Promise<void> {
    const { health, timers } = this.#options;
    const beganMs = timers.now();
    const done = await segment.sync().catch((error: unknown) => void health.fail(error));
    // Another table may have failed meanwhile: then nobody is told anything any more.
    if (done === undefined || health.state === 'failed') return;
    health.synced(timers.now() - beganMs);
    for (const tell of done.waiting) tell();
    health.addPending(-done.bytes);
  }

  async #finish(segment: OpenSegment): Promise<void> {
    await segment.close();
    this.#closing = undefined;
    this.#options.onSealed(segment.sealed);
  }

  #rollSoon(): void {
    // A failure is said by the health of the spool.
    this.#roll().catch(() => {});
  }

  #roll(): Promise<void> {
    this.#rolling ??= this.#moveOn();
    return this.#rolling;
  }

  /** From one segment to the next. Records go into the old one until the new one is there, so that none has to wait. */
  async #moveOn(): Promise<void> {
    try {
      while (this.#open === undefined) await this.#options.health.nextRetry();
      const next = await this.#create(this.#open.number + 1);
      await this.#allWritten();
      this.#closing = this.#open;
      this.#open = next;
      this.#keepDurable();
      while (this.#closing !== undefined) {
        await this.#syncing;
        if (this.#options.health.state === 'failed') await this.#options.health.nextRetry();
      }
    } finally {
      this.#rolling = undefined;
    }
  }

  async #create(number: number, unused?: SpoolFile): Promise<OpenSegment> {
    const { table, spoolId, disk, health, timers, crc32 } = this.#options;
    const createdMs = timeOfDay(timers);
    const header = encodeHeader({ format: SPOOL_FORMAT, table, spoolId, number, createdMs }, crc32);
    let file = unused;
    const ready = await health.persist(async () => {
      file ??= await disk.create(segmentFileName(table, number));
      file.cut(0);
      file.write(header);
      return file;
    });
    return new OpenSegment(table, number, ready, header.length);
  }
}

function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS);
}
