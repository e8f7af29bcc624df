import type { Timers } from '../core/timers.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';

/** setTimeout takes at most this many ms. */
const TIMEOUT_MS_MAX = 2 ** 31 - 1;
/** After so many overdue actions others get a turn. */
const ACTIONS_AT_ONCE = 1_000;

/**
 * A world's clock on real time, `speed` times as fast. However late this machine is, actions run in the order of their
 * times, and those of one time in the order in which they were asked for.
 */
export class WallTime implements Timers {
  readonly #worldStartMs: number;
  readonly #speed: number;
  readonly #wallStartMs: number = performance.now();
  #queue: VirtualTime;
  #timeout: NodeJS.Timeout | undefined;
  #wokenMs = Number.POSITIVE_INFINITY;

  constructor(worldStartMs: number, speed: number) {
    this.#worldStartMs = worldStartMs;
    this.#speed = speed;
    this.#queue = new VirtualTime(worldStartMs);
  }

  now(): number {
    return this.#worldStartMs + (performance.now() - this.#wallStartMs) * this.#speed;
  }

  at(timeMs: number, action: () => void): void {
    this.#queue.at(timeMs, action);
    this.#wake();
  }

  /** Forgets everything that was to be done. */
  stop(): void {
    clearTimeout(this.#timeout);
    this.#wokenMs = Number.POSITIVE_INFINITY;
    this.#queue = new VirtualTime(this.#worldStartMs);
  }

  /** Sees to it that there is a timeout for the first action. */
  #wake(): void {
    const dueMs = this.#queue.nextMs();
    if (dueMs === undefined || dueMs >= this.#wokenMs) return;
    clearTimeout(this.#timeout);
    this.#wokenMs = dueMs;
    const waitMs = Math.max(0, (dueMs - this.now()) / this.#speed);
    this.#timeout = setTimeout(() => this.#run(), Math.min(waitMs, TIMEOUT_MS_MAX));
  }

  /** setTimeout counts whole ms of a clock of its own, and is often early: nothing may be done too soon. */
  #run(): void {
    this.#wokenMs = Number.POSITIVE_INFINITY;
    const queue = this.#queue;
    const nowMs = this.now();
    let isMoreDue = true;
    try {
      // An action may stop the clock: the rest of its queue is then forgotten.
      for (let done = 0; isMoreDue && done < ACTIONS_AT_ONCE && queue === this.#queue; done++) {
        isMoreDue = queue.run(nowMs, 1);
      }
    } finally {
      this.#wake();
    }
  }
}
