/** Counts what passes between the parts of a bridge and the world. It is done for each message, so it costs next to nothing. */
import type { BatchTable } from '../core/landing-batches.ts';
import type { TakeMessage } from '../ports.ts';
import type { Counts, StorageStatus } from './bridge-status.ts';

const MS_PER_SECOND = 1000;

/** A segment that has become an object. */
export interface StoredObject {
  readonly table: BatchTable;
  readonly rows: number;
  /** Lines in quarantine that tell of damage of the segment. */
  readonly damageLines: number;
}

/** What has passed so far. */
export class TrafficTally {
  readonly #now: () => number;
  readonly #messages: Record<string, number> = {};
  readonly #objects: Partial<Record<BatchTable, number>> = {};
  readonly #rows: Partial<Record<BatchTable, number>> = {};
  readonly #refused: Record<string, number> = {};
  #damageLines = 0;
  #isTiming = false;

  /** `now` gives ms on a clock that only goes forward. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Messages that were taken, by source. */
  get messages(): Counts {
    return this.#messages;
  }

  /** What was refused, by reason. */
  get refused(): Counts {
    return this.#refused;
  }

  /** Objects that were stored and the rows in them, by table. */
  get stored(): Pick<StorageStatus, 'objects' | 'rows' | 'damageLines'> {
    return { objects: this.#objects, rows: this.#rows, damageLines: this.#damageLines };
  }

  /** Notes that something was refused. */
  refuse(reason: string): void {
    this.#refused[reason] = (this.#refused[reason] ?? 0) + 1;
  }

  /** Notes an object that is stored. */
  addStored({ table, rows, damageLines }: StoredObject): void {
    this.#damageLines += damageLines;
    this.#objects[table] = (this.#objects[table] ?? 0) + 1;
    this.#rows[table] = (this.#rows[table] ?? 0) + rows;
  }

  /**
   * The same intake, with its messages counted. `observe` is told how many seconds a message waited until it was
   * durable: of one message at a time, so that a flood of messages costs no more than a trickle.
   */
  countMessages(
    source: string,
    take: TakeMessage,
    observe: (seconds: number) => void,
  ): TakeMessage {
    this.#messages[source] = 0;
    return (message, onDurable) => {
      this.#messages[source] = (this.#messages[source] ?? 0) + 1;
      if (this.#isTiming) take(message, onDurable);
      else take(message, this.#timed(onDurable, observe));
    };
  }

  #timed(onDurable: () => void, observe: (seconds: number) => void): () => void {
    this.#isTiming = true;
    const sinceMs = this.#now();
    return () => {
      this.#isTiming = false;
      observe((this.#now() - sinceMs) / MS_PER_SECOND);
      onDurable();
    };
  }
}
