/** Which messages are durable, of those that were appended to a store, and who waits for them. */
import type { BatchTable } from './landing-batches.ts';

/** The lanes in which messages become durable, each in its own order. */
const LANES: readonly BatchTable[] = ['accelerometer_landing', 'quarantine/accelerometer_landing'];

/** Gives each appended message a place, and calls those who wait for a place when its message is durable. */
export class DurableOrder {
  readonly #appended = LANES.map(() => 0);
  readonly #durable = LANES.map(() => 0);
  readonly #waiting = new Map<number, (() => void)[]>();

  /** The place of the message that is appended next to this table. */
  place(table: BatchTable): number {
    const lane = LANES.indexOf(table);
    return this.#toPlace(lane, (this.#appended[lane] as number)++);
  }

  /** The oldest message of this table that was not durable now is. */
  advance(table: BatchTable): void {
    const lane = LANES.indexOf(table);
    const place = this.#toPlace(lane, (this.#durable[lane] as number)++);
    if (this.#waiting.size === 0) return;
    const waiting = this.#waiting.get(place) ?? [];
    this.#waiting.delete(place);
    for (const each of waiting) each();
  }

  /** Calls `onDurable` when the message at this place is durable: at once if it is. */
  whenDurable(place: number, onDurable: () => void): void {
    const lane = place % LANES.length;
    if ((place - lane) / LANES.length < (this.#durable[lane] as number)) return onDurable();
    const waiting = this.#waiting.get(place);
    if (waiting === undefined) this.#waiting.set(place, [onDurable]);
    else waiting.push(onDurable);
  }

  #toPlace(lane: number, index: number): number {
    return index * LANES.length + lane;
  }
}
