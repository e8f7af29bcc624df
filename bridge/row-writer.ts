import { BridgeTally } from './core/bridge-counts.ts';
import type { BridgeCounts } from './core/bridge-counts.ts';
import type { BatchTable } from './core/landing-batches.ts';
import { encodeQuarantineLine, ORIGINAL_BYTES_MAX } from './core/quarantine-line.ts';
import type { QuarantineEntry } from './core/quarantine-line.ts';
import type { QuarantineReason } from './core/quarantine-reasons.ts';
import { timeOfDay } from './core/time-of-day.ts';
import type { BridgeTimers, RecordStore } from './ports.ts';

/** The tables of what devices send. */
export type ReadingTable = 'accelerometer_landing' | 'step_trainer_landing';

/** What goes to quarantine; the time is added. */
export type Refused = Omit<QuarantineEntry, 'arrivedAt'> & { readonly reason: QuarantineReason };

/** Gives rows to the store, for landing or for quarantine, and counts them. */
export class RowWriter {
  readonly tally: BridgeTally = new BridgeTally();
  readonly #store: RecordStore;
  readonly #timers: BridgeTimers;

  constructor(store: RecordStore, timers: BridgeTimers) {
    this.#store = store;
    this.#timers = timers;
  }

  /** Lands lines that each have their LF. `onDurable` as in {@link RecordStore.append}. */
  land(
    table: ReadingTable,
    { lines, rows }: { readonly lines: Uint8Array; readonly rows: number },
    onDurable?: () => void,
  ): void {
    this.tally.landed(table, rows);
    this.#store.append(table, lines, rows, onDurable);
  }

  /** Puts what cannot land into the quarantine of its table. */
  quarantine(source: ReadingTable, refused: Refused, onDurable?: () => void): void {
    const table: BatchTable = `quarantine/${source}`;
    const arrivedAt = Math.floor(timeOfDay(this.#timers));
    this.tally.quarantined(table, refused.reason);
    const { original, omittedBytes = 0 } = refused;
    this.tally.discarded(omittedBytes + Math.max(0, original.length - ORIGINAL_BYTES_MAX));
    this.#store.append(table, encodeQuarantineLine({ ...refused, arrivedAt }), 1, onDurable);
  }

  /** What has been done so far. */
  get counts(): BridgeCounts {
    return this.tally.counts;
  }
}
