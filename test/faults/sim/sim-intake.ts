/** What stands between senders and the bridge: deliveries are counted, and nothing is taken while there is no room. */
import type { PhoneMessage, RecordStore, TakeMessage } from '../../../bridge/ports.ts';

/** A row of a sender that cannot ask again: it is safe once the store says so. */
export interface WatchedRow {
  readonly line: string;
  readonly poison: boolean;
  isRead: boolean;
  isSafe: boolean;
}

/** The way into the bridge that is alive, if one is. */
export interface Entrance {
  readonly take: TakeMessage;
  readonly store: RecordStore;
}

/** Counts what goes in and what is said about it. */
export class SimIntake {
  /** Rows in all deliveries, and in those that were acknowledged. */
  readonly deliveries = { all: 0, acknowledged: 0 };
  duplicatesRecognised = 0;
  /** How often senders had to wait for room. */
  waited = 0;
  /** Called when there is room again. */
  onRoom: () => void = () => undefined;
  #entrance: Entrance | undefined;
  #held: (() => void)[] = [];
  #appended = 0;
  #reading: readonly WatchedRow[] = [];
  /** Serial rows that were read by the process that is alive, and are not durable as far as it knows. */
  readonly #unsafe = new Set<WatchedRow>();

  get hasRoom(): boolean {
    return this.#entrance !== undefined && !this.#entrance.store.isFull;
  }

  /** The store of a new bridge, seen from here. */
  watch(store: RecordStore): RecordStore {
    return {
      append: (table, lines, rows, onDurable) => {
        this.#appended += rows;
        const read = rowsAmong(this.#reading, lines);
        store.append(table, lines, rows, () => {
          for (const row of read) {
            row.isSafe = true;
            this.#unsafe.delete(row);
          }
          onDurable?.();
        });
      },
      flush: () => store.flush(),
      get isFull() {
        return store.isFull;
      },
      onRoom: (listener) => store.onRoom(listener),
    };
  }

  /** A bridge is there. */
  open(entrance: Entrance): void {
    this.#entrance = entrance;
    entrance.store.onRoom(() => {
      if (this.#entrance === entrance) this.#release();
    });
  }

  /** The bridge is gone. What it had read is safe if the system had got it and still has power. */
  close(isWritten: boolean): void {
    if (isWritten) for (const row of this.#unsafe) row.isSafe = true;
    this.#unsafe.clear();
    this.#entrance = undefined;
    this.#held = [];
  }

  /** Hands a message over, once there is room. */
  deliver(message: PhoneMessage, rows: number, onDurable: () => void): void {
    const entrance = this.#entrance;
    if (entrance === undefined) return;
    if (entrance.store.isFull) {
      this.waited++;
      this.#held.push(() => this.deliver(message, rows, onDurable));
      return;
    }
    this.deliveries.all += rows;
    const before = this.#appended;
    entrance.take(message, () => {
      this.deliveries.acknowledged += rows;
      onDurable();
    });
    if (this.#appended === before) this.duplicatesRecognised += rows;
  }

  /** Lets the bridge read bytes from a serial line that complete these rows. */
  serial(rows: readonly WatchedRow[], read: () => void): void {
    this.deliveries.all += rows.length;
    for (const row of rows) {
      row.isRead = true;
      this.#unsafe.add(row);
    }
    this.#reading = rows;
    read();
    this.#reading = [];
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const deliver of held) deliver();
    this.onRoom();
  }
}

/** Rows of one chunk may go to different tables, which become durable one after the other. */
function rowsAmong(rows: readonly WatchedRow[], lines: Uint8Array): readonly WatchedRow[] {
  if (rows.length === 0) return [];
  const text = Buffer.from(lines).toString();
  return rows.filter(({ line, poison }) =>
    text.includes(poison ? JSON.stringify({ original: line }).slice(1, -1) : line),
  );
}
