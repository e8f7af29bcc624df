/** Counts what passes between the parts of a bridge and the world. It is done for each message, so it costs next to nothing. */
import type { BatchTable } from '../core/landing-batches.ts';
import type { TakeMessage } from '../ports.ts';
import type { BridgeStatus, Counts, StorageStatus } from './bridge-status.ts';

const MS_PER_SECOND = 1000;

/** A segment that has become an object. */
export interface StoredObject {
  readonly table: BatchTable;
  readonly rows: number;
}

/** Damage of the spool that was found, as lines in quarantine. */
export interface FoundDamage {
  /** Where they are told. */
  readonly table: BatchTable;
  readonly reason: string;
  readonly lines: number;
}

/** What has passed so far. */
export class TrafficTally {
  readonly #now: () => number;
  readonly #messages: Record<string, number> = {};
  readonly #objects: Partial<Record<BatchTable, number>> = {};
  readonly #rows: Partial<Record<BatchTable, number>> = {};
  readonly #refused: Record<string, number> = {};
  readonly #damage: { readonly table: BatchTable; readonly reason: string; count: number }[] = [];
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
    const damageLines = this.#damage.reduce((sum, { count }) => sum + count, 0);
    return { objects: this.#objects, rows: this.#rows, damageLines };
  }

  /** Damage of the spool, as lines in quarantine. */
  get damage(): BridgeStatus['quarantined'] {
    return this.#damage;
  }

  /** Notes damage that was found. */
  addDamage({ table, reason, lines }: FoundDamage): void {
    const known = this.#damage.find((each) => each.table === table && each.reason === reason);
    if (known === undefined) this.#damage.push({ table, reason, count: lines });
    else known.count += lines;
  }

  /** Notes that something was refused. */
  refuse(reason: string): void {
    this.#refused[reason] = (this.#refused[reason] ?? 0) + 1;
  }

  /** Notes an object that is stored. */
  addStored({ table, rows }: StoredObject): void {
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
