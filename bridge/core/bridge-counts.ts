/** What a bridge has done, counted. Every name is from a fixed list, so that metrics stay few whatever arrives. */
import type { BatchTable } from './landing-batches.ts';

/**
 * How something was recognised as having been there already. `redelivered`: an MQTT message with the DUP flag;
 * `repeated`: one without it; `conflicting`: same session and seq with another payload, which lands all the same.
 */
export type DuplicateKind = 'redelivered' | 'repeated' | 'conflicting';

/** MQTT messages that are taken and hold nothing to land: what phones say of themselves, and batches without samples. */
export type IgnoredKind = 'status' | 'empty';

/** What a bridge has done so far. */
export interface BridgeCounts {
  /** Rows given to the store, by table. */
  readonly records: Readonly<Record<BatchTable, number>>;
  /** The rows in quarantine by table and reason. */
  readonly quarantined: readonly {
    readonly table: BatchTable;
    readonly reason: string;
    readonly count: number;
  }[];
  /** MQTT messages that came again. */
  readonly duplicates: Readonly<Record<DuplicateKind, number>>;
  /** MQTT messages with nothing to land. */
  readonly ignored: Readonly<Record<IgnoredKind, number>>;
  /** Bytes that were too much of a line, of which quarantine keeps the beginning, or that came while the store was full. */
  readonly discardedBytes: number;
}

/** Counts what a bridge does. */
export class BridgeTally {
  readonly #records: Record<BatchTable, number> = {
    accelerometer_landing: 0,
    step_trainer_landing: 0,
    'quarantine/accelerometer_landing': 0,
    'quarantine/step_trainer_landing': 0,
  };
  readonly #duplicates: Record<DuplicateKind, number> = {
    redelivered: 0,
    repeated: 0,
    conflicting: 0,
  };
  readonly #ignored: Record<IgnoredKind, number> = { status: 0, empty: 0 };
  readonly #reasons = new Map<BatchTable, Map<string, number>>();
  #discardedBytes = 0;

  /** Counts rows that land. */
  landed(table: BatchTable, rows: number): void {
    this.#records[table] += rows;
  }

  /** Counts one row of a quarantine table. */
  quarantined(table: BatchTable, reason: string): void {
    this.#records[table]++;
    let reasons = this.#reasons.get(table);
    if (reasons === undefined) this.#reasons.set(table, (reasons = new Map()));
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }

  /** Counts one message that came again. */
  duplicated(kind: DuplicateKind): void {
    this.#duplicates[kind]++;
  }

  /** Counts one message with nothing to land. */
  ignored(kind: IgnoredKind): void {
    this.#ignored[kind]++;
  }

  /** Counts bytes that were thrown away. */
  discarded(bytes: number): void {
    this.#discardedBytes += bytes;
  }

  /** The counts by now. */
  get counts(): BridgeCounts {
    return {
      records: { ...this.#records },
      quarantined: [...this.#reasons].flatMap(([table, reasons]) =>
        [...reasons].map(([reason, count]) => ({ table, reason, count })),
      ),
      duplicates: { ...this.#duplicates },
      ignored: { ...this.#ignored },
      discardedBytes: this.#discardedBytes,
    };
  }
}
