import type { BridgeTimers } from '../ports.ts';

/** setTimeout takes at most this many ms. */
const TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** The clock and the timers of the machine. */
export class SystemTimers implements BridgeTimers {
  readonly #timeouts = new Set<NodeJS.Timeout>();

  /** Epoch ms with fractions; never goes back while the process runs. */
  now(): number {
    return performance.timeOrigin + performance.now();
  }

  at(timeMs: number, action: () => void): void {
    const waitMs = Math.min(Math.max(0, timeMs - this.now()), TIMEOUT_MS_MAX);
    const timeout = setTimeout(() => {
      this.#timeouts.delete(timeout);
      action();
    }, waitMs);
    this.#timeouts.add(timeout);
  }

  /** Forgets everything that was to be done. */
  stop(): void {
    for (const timeout of this.#timeouts) clearTimeout(timeout);
    this.#timeouts.clear();
  }
}
