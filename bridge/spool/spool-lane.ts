import { timeOfDay } from '../core/time-of-day.ts';
import { AppendBuffer } from './append-buffer.ts';
import { createSegment } from './create-segment.ts';
import type { LaneOptions } from './lane-options.ts';
import type { OpenSegment } from './open-segment.ts';
import type { SpoolFile } from './spool-disk.ts';
import { SyncWaiters } from './sync-waiters.ts';

const DAY_MS = 86_400_000;
/** So much is written without waiting for the end of the turn, so that a full disk shows before much waits in memory. */
const WRITE_BYTES = 1_048_576;
/** A segment may grow by so much beyond its limit until the next one is there; sources pause then. */
const OVERHANG_BYTES = 4 * 1_048_576;

/** The segments of one table that are written: one at a time, and the one before it until it is sealed. */
export class SpoolLane {
  readonly #options: LaneOptions;
  readonly #buffer: AppendBuffer;
  readonly #syncs = new SyncWaiters();
  #open: OpenSegment | undefined;
  #closing: OpenSegment | undefined;
  #beginning: Promise<void> | undefined;
  #rolling: Promise<void> | undefined;
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

  /** Begins to write, when `prepare` is done: into a new segment, or into the file of one that was never used. */
  async begin(number: number, prepare: () => Promise<SpoolFile | undefined>): Promise<void> {
    const { health } = this.#options;
    this.#beginning = health
      .persist(prepare)
      .then((unused) => createSegment(this.#options, number, unused))
      .then((segment) => {
        this.#open = segment;
        this.write();
      });
    // A failure is said by the health of the spool. On a full disk, records wait in memory.
    await Promise.race([this.#beginning.catch(() => {}), health.trouble()]);
  }

  append(lines: Uint8Array, rows: number, onDurable: (() => void) | undefined): void {
    const { health, timers, defer } = this.#options;
    if (health.state === 'failed') return;
    const before = this.#buffer.length;
    const provenTo = this.#open?.durableBytes ?? 0;
    this.#buffer.addRecord(
      { arrivalMs: timeOfDay(timers), rows, provenTo, body: lines },
      onDurable,
    );
    health.addPending(this.#buffer.length - before);
    if (this.#buffer.length >= WRITE_BYTES) this.write();
    if (this.#isDeferred) return;
    this.#isDeferred = true;
    defer(() => {
      this.#isDeferred = false;
      this.write();
    });
  }

  /** Gives the operating system what was appended. */
  write(): void {
    const { health, limits, timers } = this.#options;
    const segment = this.#open;
    if (segment === undefined || this.#buffer.length === 0) return;
    const isFirst = segment.rows === 0;
    if (!this.#attempt(() => segment.write(this.#buffer))) return;
    health.unblock(this);
    this.#keepDurable();
    if (isFirst) this.#sealAtAge(segment);
    const isNewDay = dayOf(segment.firstArrivalMs) !== dayOf(timeOfDay(timers));
    if (segment.bytes >= limits.segmentBytes || isNewDay) this.#rollSoon(segment);
    if (segment.bytes >= limits.segmentBytes + OVERHANG_BYTES) health.hold(this);
  }

  /** Seals what was appended so far, if anything was. @throws BridgeError `SPOOL_FAILED` */
  async seal(): Promise<void> {
    await this.#whenWritten(() => true);
    const segment = this.#open;
    // A move to another segment may be going on that began before this one.
    while (this.#closing !== undefined || (segment === this.#open && (segment?.rows ?? 0) > 0)) {
      await this.#roll();
    }
  }

  /** Makes durable what was appended and lets the files go. @throws BridgeError `SPOOL_FAILED` */
  async close(): Promise<void> {
    const { health } = this.#options;
    this.#isStuck = false;
    this.write();
    await this.#beginning?.catch(() => {});
    await this.#rolling?.catch(() => {});
    if ((this.#open?.rows ?? 0) > 0) this.#end();
    while (this.#isSyncing) await this.#syncs.next();
    // What came after the last write is not acknowledged, and comes again; what found no room is told.
    const isKept = this.#buffer.length === 0 || health.state !== 'full';
    for (const segment of [this.#closing, this.#open]) await segment?.close();
    [this.#open, this.#closing] = [undefined, undefined];
    if (!isKept) await health.nextRetry();
    health.check();
  }

  /** False when there is no room; then it is tried again later. */
  #attempt(write: () => void): boolean {
    const { health } = this.#options;
    if (this.#isStuck || health.state === 'failed') return false;
    try {
      write();
      return true;
    } catch (error) {
      if (health.block(this, error)) this.#tryLater();
      return false;
    }
  }

  #tryLater(): void {
    this.#isStuck = true;
    const again = (): void => {
      this.#isStuck = false;
      this.write();
    };
    // When the wait is ended, the spool was closed or has failed, and nothing is written any more.
    this.#options.health.nextRetry().then(again, () => {});
  }

  /** Resolves when everything that was appended is written and `then` has worked in the same moment. */
  async #whenWritten(then: () => boolean): Promise<void> {
    for (;;) {
      this.#options.health.check();
      this.write();
      if (this.#buffer.length === 0 && then()) return;
      await this.#options.health.nextRetry();
    }
  }

  #end(): boolean {
    const isEnded = this.#attempt(() => this.#open?.writeEnd(this.#options.crc32));
    if (isEnded) this.#options.health.unblock(this);
    this.#keepDurable();
    return isEnded;
  }

  #sealAtAge(segment: OpenSegment): void {
    const { timers, limits } = this.#options;
    timers.at(timers.now() + limits.segmentMs, () => {
      if (this.#open === segment) this.#rollSoon(segment);
    });
  }

  #keepDurable(): void {
    if (!this.#isSyncing) void this.#syncAll();
  }

  /** One sync after the other while there is something to make durable; all that is written meanwhile shares the next. */
  async #syncAll(): Promise<void> {
    this.#isSyncing = true;
    while (this.#options.health.state !== 'failed') {
      const segment = this.#closing ?? this.#open;
      if (segment?.hasUnsynced !== true) break;
      await this.#sync(segment);
      this.#syncs.wake();
    }
    this.#isSyncing = false;
    this.#syncs.wake();
  }

  async #sync(segment: OpenSegment): Promise<void> {
    const { health, timers, onDurable, settleClaims, onSealed } = this.#options;
    const beganMs = timers.now();
    const done = await segment.sync().catch((error: unknown) => void health.fail(error));
    // Another table may have failed meanwhile: then nobody is told anything any more.
    if (done === undefined || health.state === 'failed') return;
    health.synced(timers.now() - beganMs);
    onDurable({ number: segment.number, bytes: segment.durableBytes });
    for (const tell of done.waiting) tell();
    health.addPending(-done.bytes);
    if (segment !== this.#closing || segment.hasUnsynced) return;
    await segment.close();
    await settleClaims();
    this.#closing = undefined;
    onSealed(segment.sealed);
  }

  /** A segment that is due while the one before it is still being sealed has its turn after that. */
  #rollSoon(segment: OpenSegment): void {
    const again = (): void => {
      if (this.#open === segment) this.#rollSoon(segment);
    };
    // A failure is said by the health of the spool.
    this.#roll().then(again, () => {});
  }

  #roll(): Promise<void> {
    return (this.#rolling ??= this.#moveOn());
  }

  /** From one segment to the next. Records go into the old one until the new one is there, so that none has to wait. */
  async #moveOn(): Promise<void> {
    const { health } = this.#options;
    try {
      const old = this.#open as OpenSegment;
      const next = await createSegment(this.#options, old.number + 1);
      // Numbers have no gaps: the loss of power must not leave an empty segment before one that holds something.
      while (old.durableRows === 0) await this.#nextSync();
      await this.#whenWritten(() => {
        if (!this.#end()) return false;
        this.#closing = old;
        this.#open = next;
        return true;
      });
      health.release(this);
      while (this.#closing === old) await this.#nextSync();
      health.check();
    } finally {
      this.#rolling = undefined;
    }
  }

  async #nextSync(): Promise<void> {
    this.#options.health.check();
    await this.#syncs.next();
  }
}

function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS);
}
