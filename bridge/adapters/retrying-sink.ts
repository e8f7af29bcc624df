import type { LandingObject } from '../core/landing-batches.ts';
import type { ObjectSink } from '../ports.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** How a sink is retried. */
export interface RetryingSinkOptions {
  readonly sink: ObjectSink;
  /** Told each failed attempt. */
  readonly onFailure: (object: LandingObject, cause: unknown) => void;
  /** Ends the retries: what is not stored by then is given up after one more attempt. */
  readonly signal: AbortSignal;
}

/** Tries to store an object until it is stored, with pauses that double up to half a minute. */
export class RetryingSink implements ObjectSink {
  readonly #options: RetryingSinkOptions;

  constructor(options: RetryingSinkOptions) {
    this.#options = options;
  }

  /** @throws what the sink threw last, once the signal has ended the retries */
  async put(object: LandingObject): Promise<void> {
    const { sink, onFailure, signal } = this.#options;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const isLast = signal.aborted;
      try {
        await sink.put(object);
        return;
      } catch (cause) {
        if (isLast) throw cause;
        onFailure(object, cause);
        await pause(pauseMs, signal);
      }
    }
  }
}

/** Waits, or until the signal is raised. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timeout);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timeout = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
