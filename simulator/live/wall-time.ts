import type { Timers } from '../core/timers.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';

/** setTimeout takes at most this many ms. */
const TIMEOUT_MS_MAX = 2 ** 31 - 1;
/** After so many overdue actions others get a turn. */
const ACTIONS_AT_ONCE = 1_000;

/**
 * A world's clock on real time, `speed` times as fast; the speed may change, and the clock may stand still. However late
 * this machine is, actions run in the order of their times, and those of one time in the order in which they were asked for.
 */
export class WallTime implements Timers {
  /** A moment of the world, and when it was on the clock of this machine: the world's time is counted from there. */
  #worldMs: number;
  #wallMs: number = performance.now();
  #speed: number;
  #isPaused = false;
  #queue: VirtualTime;
  #timeout: NodeJS.Timeout | undefined;
  #wokenMs = Number.POSITIVE_INFINITY;

  /** The world begins now, at `worldStartMs` on its own clock; `speed` is above 0. */
  constructor(worldStartMs: number, speed: number) {
    this.#worldMs = worldStartMs;
    this.#speed = speed;
    this.#queue = new VirtualTime(worldStartMs);
  }

  /** How many ms of the world pass in one real ms while the clock is not paused. */
  get speed(): number {
    return this.#speed;
  }

  /** True while the world's time stands still. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  now(): number {
    if (this.#isPaused) return this.#worldMs;
    return this.#worldMs + (performance.now() - this.#wallMs) * this.#speed;
  }

  at(timeMs: number, action: () => void): void {
    this.#queue.at(timeMs, action);
    this.#wake();
  }

  /** The world's time goes on `speed` times as fast as real time from now on; `speed` is above 0. */
  setSpeed(speed: number): void {
    this.#countFromNow();
    this.#speed = speed;
    this.#wakeAnew();
  }

  /** Stops the world's time. Nothing is done until it goes on, not even what is overdue. */
  pause(): void {
    this.#countFromNow();
    this.#isPaused = true;
    this.#wakeAnew();
  }

  /** The world's time goes on from where it stopped. */
  resume(): void {
    this.#countFromNow();
    this.#isPaused = false;
    this.#wakeAnew();
  }

  /** Forgets everything that was to be done. */
  stop(): void {
    clearTimeout(this.#timeout);
    this.#wokenMs = Number.POSITIVE_INFINITY;
    this.#queue = new VirtualTime(this.#worldMs);
  }

  #countFromNow(): void {
    this.#worldMs = this.now();
    this.#wallMs = performance.now();
  }

  /** The timeout that there is was for another speed. */
  #wakeAnew(): void {
    clearTimeout(this.#timeout);
    this.#wokenMs = Number.POSITIVE_INFINITY;
    this.#wake();
  }

  /** Sees to it that there is a timeout for the first action. */
  #wake(): void {
    const dueMs = this.#queue.nextMs();
    if (this.#isPaused || dueMs === undefined || dueMs >= this.#wokenMs) return;
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
    // An action may stop the clock, and the rest of its queue is then forgotten; or pause it, and the rest waits.
    const goesOn = (): boolean => isMoreDue && queue === this.#queue && !this.#isPaused;
    try {
      for (let done = 0; goesOn() && done < ACTIONS_AT_ONCE; done++) {
        isMoreDue = queue.run(nowMs, 1);
      }
    } finally {
      this.#wake();
    }
  }
}
