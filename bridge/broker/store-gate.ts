import type { PhoneMessage, RecordStore, TakeMessage } from '../ports.ts';

/** What a gate stands in front of. */
export interface StoreGateOptions {
  readonly take: TakeMessage;
  readonly store: Pick<RecordStore, 'isFull' | 'onRoom'>;
}

/**
 * Lets messages through one by one while the store has room; the others wait as they came, in order. What is taken may
 * become a hundred times larger, so that the room for it is not known before: what has been read and parsed by then
 * must not all be taken at once.
 */
export class StoreGate {
  readonly #options: StoreGateOptions;
  #waiting: { readonly message: PhoneMessage; readonly onDurable: () => void }[] = [];
  #isScheduled = false;

  constructor(options: StoreGateOptions) {
    this.#options = options;
    options.store.onRoom(() => this.#schedule());
  }

  /** Takes a message now or later. Its payload must stay as it is until then. */
  take(message: PhoneMessage, onDurable: () => void): void {
    const { store, take } = this.#options;
    if (this.#waiting.length === 0 && !store.isFull) take(message, onDurable);
    else this.#waiting.push({ message, onDurable });
  }

  /** Drops what waits: nobody was told that it was taken. */
  close(): void {
    this.#waiting = [];
  }

  /** Room may be told of in the middle of a write, and what is taken then would be the next one. */
  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#drain();
    });
  }

  #drain(): void {
    const { store, take } = this.#options;
    const waiting = this.#waiting;
    let count = 0;
    while (count < waiting.length && !store.isFull) {
      const { message, onDurable } = waiting[count++] as (typeof waiting)[number];
      take(message, onDurable);
    }
    waiting.splice(0, count);
  }
}
