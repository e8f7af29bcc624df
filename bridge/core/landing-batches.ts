/** Lines on their way to objects: grouped by table and day, closed when full or old, named by a counter. */

/** The tables that a bridge lands, and where it puts what it could not take. */
export type BatchTable =
  | 'accelerometer_landing'
  | 'step_trainer_landing'
  | 'quarantine/accelerometer_landing'
  | 'quarantine/step_trainer_landing';

/** One object to store: newline-delimited JSON, compressed with gzip where the key ends in `.gz`. `metadata` tells its origin. */
export interface LandingObject {
  readonly key: string;
  /** A string is stored as UTF-8. */
  readonly body: string | Uint8Array;
  readonly metadata: Readonly<Record<string, string>>;
}

/** When a batch is closed: at a size in bytes, or at an age in ms. */
export interface BatchLimits {
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

interface Batch {
  readonly openedMs: number;
  readonly pieces: string[];
  bytes: number;
  rows: number;
}

/** One append: whole lines of newline-delimited JSON in UTF-8, each with its LF, and how many they are. */
export interface BatchLines {
  readonly lines: Uint8Array;
  readonly rows: number;
}

/** Collects lines and gives out objects. Object names come from a counter, never from the clock of an attempt. */
export class LandingBatches {
  readonly #bridgeId: string;
  readonly #limits: BatchLimits;
  readonly #open = new Map<BatchTable, Batch>();
  readonly #segments = new Map<BatchTable, number>();
  readonly #text = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(bridgeId: string, limits: BatchLimits) {
    this.#bridgeId = bridgeId;
    this.#limits = limits;
  }

  /** When the oldest batch becomes too old; `undefined` when nothing waits. */
  get dueMs(): number | undefined {
    // Batches stand in the order in which they were opened.
    const [oldest] = this.#open.values();
    return oldest && this.#dueMs(oldest);
  }

  /** Adds lines at `nowMs`; gives the object that they completed, if they did. The bytes are not kept. */
  add(table: BatchTable, { lines, rows }: BatchLines, nowMs: number): LandingObject | undefined {
    let batch = this.#open.get(table);
    if (batch === undefined) {
      batch = { openedMs: nowMs, pieces: [], bytes: 0, rows: 0 };
      this.#open.set(table, batch);
    }
    batch.pieces.push(this.#text.decode(lines));
    batch.bytes += lines.length;
    batch.rows += rows;
    return batch.bytes >= this.#limits.maxBytes ? this.#close(table, batch, nowMs) : undefined;
  }

  /** Closes the batches that are as old as they may be at `nowMs`. */
  closeOld(nowMs: number): LandingObject[] {
    return this.#closeWhere(nowMs, (batch) => nowMs >= this.#dueMs(batch));
  }

  /** Closes all batches. */
  closeAll(nowMs: number): LandingObject[] {
    return this.#closeWhere(nowMs, () => true);
  }

  #dueMs(batch: Batch): number {
    return batch.openedMs + this.#limits.maxAgeMs;
  }

  #closeWhere(nowMs: number, isDue: (batch: Batch) => boolean): LandingObject[] {
    return [...this.#open]
      .filter(([, batch]) => isDue(batch))
      .map(([table, batch]) => this.#close(table, batch, nowMs));
  }

  #close(table: BatchTable, batch: Batch, nowMs: number): LandingObject {
    this.#open.delete(table);
    const segment = this.#segments.get(table) ?? 0;
    this.#segments.set(table, segment + 1);
    const day = isoTime(batch.openedMs).slice(0, 10);
    const name = `${this.#bridgeId}-${segment.toString().padStart(8, '0')}.json`;
    return {
      key: `${table}/date=${day}/${name}`,
      body: batch.pieces.join(''),
      metadata: {
        bridge: this.#bridgeId,
        records: String(batch.rows),
        'arrived-from': isoTime(batch.openedMs),
        'arrived-to': isoTime(nowMs),
      },
    };
  }
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
