/** A store without a disk, for runs whose records need not outlive the process: lines wait in memory, and become objects. */
import { LandingBatches } from './core/landing-batches.ts';
import type { BatchLimits, BatchTable, LandingObject } from './core/landing-batches.ts';
import type { BridgeTimers, ObjectSink, RecordStore } from './ports.ts';

/** Objects of about a megabyte, or what came in a minute. */
const DEFAULT_LIMITS: BatchLimits = { maxBytes: 1 << 20, maxAgeMs: 60_000 };

/** How a store in memory is set up. */
export interface BatchStoreOptions {
  /** Stands in object names: letters, digits and hyphens. */
  readonly id: string;
  readonly timers: BridgeTimers;
  readonly sink: ObjectSink;
  readonly limits?: BatchLimits;
  /** Called when an object could not be stored; the store goes on. */
  readonly onStoreFailure: (object: LandingObject, cause: unknown) => void;
}

/**
 * Collects lines in memory and stores them as objects. What is appended counts as durable at once: it lasts as long as
 * the process, and so does everything else in a run of a scenario. A bridge in production has the spool instead.
 */
export class BatchStore implements RecordStore {
  readonly #options: BatchStoreOptions;
  readonly #batches: LandingBatches;
  readonly #storing = new Set<Promise<void>>();
  #alarmSet = false;

  constructor(options: BatchStoreOptions) {
    this.#options = options;
    this.#batches = new LandingBatches(options.id, options.limits ?? DEFAULT_LIMITS);
  }

  append(table: BatchTable, lines: Uint8Array, rows: number, onDurable?: () => void): void {
    const full = this.#batches.add(table, { lines, rows }, this.#options.timers.now());
    if (full !== undefined) this.#store(full);
    else this.#setAlarm();
    if (onDurable !== undefined) queueMicrotask(onDurable);
  }

  /** Nothing here outlives the process. */
  flush(): void {}

  /** Memory is not guarded: a run has an end. */
  get isFull(): boolean {
    return false;
  }

  /** There is always room. */
  onRoom(): void {}

  /** Waits until every object that is complete by now is stored. */
  async settle(): Promise<void> {
    await Promise.all(this.#storing);
  }

  /** Stores what is collected. */
  async close(): Promise<void> {
    await this.#closeAll();
    // What arrived while the last objects were being stored.
    await this.#closeAll();
  }

  async #closeAll(): Promise<void> {
    for (const object of this.#batches.closeAll(this.#options.timers.now())) this.#store(object);
    await this.settle();
  }

  /** One alarm at a time, for the batch that becomes too old first. */
  #setAlarm(): void {
    const { dueMs } = this.#batches;
    if (this.#alarmSet || dueMs === undefined) return;
    this.#alarmSet = true;
    this.#notBefore(dueMs, () => {
      this.#alarmSet = false;
      for (const object of this.#batches.closeOld(this.#options.timers.now())) this.#store(object);
      this.#setAlarm();
    });
  }

  /** Timers of real time may be early by a ms or two. */
  #notBefore(timeMs: number, action: () => void): void {
    const { timers } = this.#options;
    timers.at(timeMs, () => {
      if (timers.now() < timeMs) this.#notBefore(timeMs, action);
      else action();
    });
  }

  #store(object: LandingObject): void {
    const storing = this.#options.sink
      .put(object)
      .catch((cause: unknown) => this.#options.onStoreFailure(object, cause))
      .finally(() => this.#storing.delete(storing));
    this.#storing.add(storing);
  }
}
