import type { LinkTimers } from './device-link.ts';
import { HOST_ALLOWANCE_MS } from './kit-limits.ts';
import type { KitStalls } from './kit-report.ts';

/** Time between two looks at the clock, in ms. What a stall has beyond it is sure to be seen. */
const LOOK_MS = 50;

/** Notices when this process itself was late: an alarm came more than {@link HOST_ALLOWANCE_MS} after it was due. */
export class StallWatch {
  readonly #timers: LinkTimers;
  #count = 0;
  #longestMs = 0;
  #isOver = false;

  constructor(timers: LinkTimers) {
    this.#timers = timers;
  }

  /** Looks at the clock from now on until the end. */
  begin(): void {
    const dueMs = this.#timers.now() + LOOK_MS;
    this.#timers.at(dueMs, () => {
      if (this.#isOver) return;
      const lateMs = this.#timers.now() - dueMs;
      if (lateMs > HOST_ALLOWANCE_MS) this.#count++;
      this.#longestMs = Math.max(this.#longestMs, lateMs);
      this.begin();
    });
  }

  /** Ends, and gives the stalls; none when there was none. */
  end(): KitStalls | undefined {
    this.#isOver = true;
    return this.#count === 0 ? undefined : { count: this.#count, longestMs: this.#longestMs };
  }
}
