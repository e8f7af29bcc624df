import type { Timers } from '../core/timers.ts';

interface Scheduled {
  readonly timeMs: number;
  readonly order: number;
  readonly action: () => void;
}

/**
 * A clock that jumps from one scheduled action to the next: a binary heap of actions. Actions of one moment run in the
 * order in which they were scheduled, so that a run is the same each time.
 */
export class VirtualTime implements Timers {
  readonly #heap: Scheduled[] = [];
  #nowMs: number;
  #order = 0;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  at(timeMs: number, action: () => void): void {
    const scheduled = { timeMs: Math.max(timeMs, this.#nowMs), order: this.#order++, action };
    const heap = this.#heap;
    let index = heap.push(scheduled) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(scheduled, heap[parent] as Scheduled)) break;
      heap[index] = heap[parent] as Scheduled;
      index = parent;
    }
    heap[index] = scheduled;
  }

  /** When the first action is due; `undefined` when there is none. */
  nextMs(): number | undefined {
    return this.#heap[0]?.timeMs;
  }

  /** Runs up to `limit` actions that are due until `untilMs`, and says whether any such action is left. */
  run(untilMs: number, limit: number): boolean {
    let next = this.#due(untilMs);
    for (let count = 0; count < limit && next !== undefined; count++) {
      this.#removeFirst();
      this.#nowMs = next.timeMs;
      next.action();
      next = this.#due(untilMs);
    }
    return next !== undefined;
  }

  #due(untilMs: number): Scheduled | undefined {
    const first = this.#heap[0];
    return first !== undefined && first.timeMs <= untilMs ? first : undefined;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop() as Scheduled;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const smaller =
        right < heap.length && isBefore(heap[right] as Scheduled, heap[left] as Scheduled)
          ? right
          : left;
      if (!isBefore(heap[smaller] as Scheduled, last)) break;
      heap[index] = heap[smaller] as Scheduled;
      index = smaller;
    }
    heap[index] = last;
  }
}

function isBefore(left: Scheduled, right: Scheduled): boolean {
  return left.timeMs < right.timeMs || (left.timeMs === right.timeMs && left.order < right.order);
}
