import type { Timers } from '../core/timers.ts';

/** Each node of the heap has four children: they lie beside each other in memory, and the tree is half as deep as with two. */
const ARITY_BITS = 2;
const ARITY = 1 << ARITY_BITS;
const FIRST_CAPACITY = 64;

/**
 * A clock that jumps from one scheduled action to the next. Actions of one moment run in the order in which they were
 * scheduled, so that a run is the same each time.
 *
 * The actions are a heap, whose keys lie apart from them in arrays of numbers: in a world of thousands of devices, what
 * costs is to fetch what is compared.
 */
export class VirtualTime implements Timers {
  #times = new Float64Array(FIRST_CAPACITY);
  #orders = new Float64Array(FIRST_CAPACITY);
  readonly #actions: (() => void)[] = [];
  #nowMs: number;
  #order = 0;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  at(timeMs: number, action: () => void): void {
    const dueMs = Math.max(timeMs, this.#nowMs);
    let index = this.#actions.push(action) - 1;
    if (index === this.#times.length) this.#grow();
    const times = this.#times;
    while (index > 0) {
      const parent = (index - 1) >> ARITY_BITS;
      // What is scheduled last stands behind everything of its moment.
      if ((times[parent] as number) <= dueMs) break;
      this.#move(parent, index);
      index = parent;
    }
    this.#put(index, dueMs, this.#order++, action);
  }

  /** When the first action is due; `undefined` when there is none. */
  nextMs(): number | undefined {
    return this.#actions.length === 0 ? undefined : this.#times[0];
  }

  /** Runs up to `limit` actions that are due until `untilMs`, and says whether any such action is left. */
  run(untilMs: number, limit: number): boolean {
    for (let count = 0; count < limit && this.#isDue(untilMs); count++) {
      const action = this.#actions[0] as () => void;
      this.#nowMs = this.#times[0] as number;
      this.#removeFirst();
      action();
    }
    return this.#isDue(untilMs);
  }

  #isDue(untilMs: number): boolean {
    return this.#actions.length > 0 && (this.#times[0] as number) <= untilMs;
  }

  #removeFirst(): void {
    const last = this.#actions.length - 1;
    const timeMs = this.#times[last] as number;
    const order = this.#orders[last] as number;
    const action = this.#actions.pop() as () => void;
    if (last === 0) return;
    let index = 0;
    for (;;) {
      const child = this.#firstChild(index);
      if (child === undefined || !this.#isBefore(child, timeMs, order)) break;
      this.#move(child, index);
      index = child;
    }
    this.#put(index, timeMs, order, action);
  }

  /** Of the children of a node, the one that comes first. */
  #firstChild(index: number): number | undefined {
    const from = ARITY * index + 1;
    const to = Math.min(from + ARITY, this.#actions.length);
    if (from >= to) return undefined;
    let first = from;
    for (let child = from + 1; child < to; child++) {
      const timeMs = this.#times[first] as number;
      if (this.#isBefore(child, timeMs, this.#orders[first] as number)) first = child;
    }
    return first;
  }

  #isBefore(index: number, timeMs: number, order: number): boolean {
    const ownMs = this.#times[index] as number;
    return ownMs < timeMs || (ownMs === timeMs && (this.#orders[index] as number) < order);
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from] as number;
    this.#orders[to] = this.#orders[from] as number;
    this.#actions[to] = this.#actions[from] as () => void;
  }

  #put(index: number, timeMs: number, order: number, action: () => void): void {
    this.#times[index] = timeMs;
    this.#orders[index] = order;
    this.#actions[index] = action;
  }

  #grow(): void {
    this.#times = doubled(this.#times);
    this.#orders = doubled(this.#orders);
  }
}

function doubled(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * values.length);
  larger.set(values);
  return larger;
}
