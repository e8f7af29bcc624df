/** What a {@link SilenceWatch} does at each look. */
export interface SilenceWatchOptions {
  /** Time between two looks. */
  readonly periodMs: number;
  /** Asks the other end for a sign of life; without it, an answer is owed from the start. */
  readonly ask?: () => void;
  /** Called when nothing came between a question and the next look. */
  readonly onSilence: () => void;
}

/** Finds out that the other end of a connection is gone although nobody closed it. */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #isAsked: boolean;
  #hasHeard = false;

  constructor(options: SilenceWatchOptions) {
    this.#options = options;
    this.#isAsked = options.ask === undefined;
    this.#timer = setInterval(() => this.#look(), options.periodMs);
  }

  /** Something came from the other end, or nobody listened. */
  heard(): void {
    this.#hasHeard = true;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#isAsked = false;
  }

  #look(): void {
    const isSilent = this.#isAsked && !this.#hasHeard;
    this.#hasHeard = false;
    if (isSilent) {
      // A process that was held up itself reads what arrived meanwhile only after its timers.
      setImmediate(() => {
        if (this.#isAsked && !this.#hasHeard) this.#options.onSilence();
      });
    }
    if (this.#options.ask === undefined) return;
    this.#options.ask();
    this.#isAsked = true;
  }
}
