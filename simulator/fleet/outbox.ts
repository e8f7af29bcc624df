import type { Timers } from '../core/timers.ts';

/** Time between two attempts, in ms. */
const RETRY_MS = 5;
/**
 * How much a host may send ahead of what waits in a device's outbox, in bytes. More is lost, as in the receive buffer of
 * a chip: a host that floods a device cannot make it grow.
 */
export const RECEIVED_BYTES_MAX = 4_096;

/** How an outbox works. */
export interface OutboxOptions<Item> {
  readonly timers: Timers;
  /** Passes an item on; false when there is no room for it now. */
  readonly send: (item: Item) => boolean;
  /** Told when everything that had to wait is gone. */
  readonly onIdle: () => void;
}

/** What must not be lost: it waits until the transmit buffer has room, and keeps its order. */
export class Outbox<Item> {
  readonly #options: OutboxOptions<Item>;
  /** A new list after each {@link clear}: whoever still holds an old one has nothing to do any more. */
  #items: Item[] = [];

  constructor(options: OutboxOptions<Item>) {
    this.#options = options;
  }

  /** True while something waits. */
  get isWaiting(): boolean {
    return this.#items.length > 0;
  }

  /** Sends an item now, or as soon as there is room and everything before it is gone. */
  send(item: Item): void {
    this.#items.push(item);
    if (this.#items.length === 1) this.#flush();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#items = [];
  }

  #flush(): void {
    const { timers, send } = this.#options;
    const items = this.#items;
    while (items === this.#items && items.length > 0) {
      if (send(items[0] as Item)) {
        items.shift();
      } else {
        timers.at(timers.now() + RETRY_MS, () => this.#retry(items));
        return;
      }
    }
  }

  #retry(items: readonly Item[]): void {
    if (items !== this.#items) return;
    this.#flush();
    if (!this.isWaiting) this.#options.onIdle();
  }
}
