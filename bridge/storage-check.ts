import { BridgeError } from './bridge-error.ts';
import type { BridgeTimers } from './ports.ts';

const PAUSE_MS = 10_000;

/** How storage is checked. */
export interface StorageCheckOptions {
  /** Asks the storage once. */
  readonly ask: () => Promise<void>;
  readonly timers: BridgeTimers;
  /** Told what is wrong, once for each thing. */
  readonly onFailure: (text: string) => void;
}

/**
 * Asks the storage at the start, and again until it answers: whoever mistyped a bucket shall hear of it now, not when the
 * first object is full.
 */
export class StorageCheck {
  readonly #options: StorageCheckOptions;
  #failure: string | undefined;
  #isOver = false;

  constructor(options: StorageCheckOptions) {
    this.#options = options;
  }

  /** What was wrong at the last look; `undefined` when nothing was. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Resolves after the first look. */
  async begin(): Promise<void> {
    await this.#look();
  }

  /** The storage works, or nobody asks any more. */
  end(): void {
    this.#isOver = true;
    this.#failure = undefined;
  }

  async #look(): Promise<void> {
    if (this.#isOver) return;
    const { ask, timers, onFailure } = this.#options;
    try {
      await ask();
      this.end();
    } catch (error) {
      const text = error instanceof BridgeError ? error.message : 'The storage cannot be asked.';
      if (this.#isOver) return;
      if (text !== this.#failure) onFailure(text);
      this.#failure = text;
      timers.at(timers.now() + PAUSE_MS, () => void this.#look());
    }
  }
}
