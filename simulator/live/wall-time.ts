import type { Timers } from '../core/timers.ts';

/** setTimeout takes at most this many ms. */
const TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** A world's clock on real time, `speed` times as fast. */
export class WallTime implements Timers {
  readonly #worldStartMs: number;
  readonly #speed: number;
  readonly #wallStartMs: number = performance.now();
  readonly #timeouts = new Set<NodeJS.Timeout>();

  constructor(worldStartMs: number, speed: number) {
    this.#worldStartMs = worldStartMs;
    this.#speed = speed;
  }

  now(): number {
    return this.#worldStartMs + (performance.now() - this.#wallStartMs) * this.#speed;
  }

  at(timeMs: number, action: () => void): void {
    const waitMs = Math.max(0, (timeMs - this.now()) / this.#speed);
    const timeout = setTimeout(
      () => {
        this.#timeouts.delete(timeout);
        // setTimeout counts whole ms of a clock of its own, and is often early. Nobody may be woken too soon.
        if (this.now() < timeMs) this.at(timeMs, action);
        else action();
      },
      Math.min(waitMs, TIMEOUT_MS_MAX),
    );
    this.#timeouts.add(timeout);
  }

  /** Forgets everything that was to be done. */
  stop(): void {
    for (const timeout of this.#timeouts) clearTimeout(timeout);
    this.#timeouts.clear();
  }
}
