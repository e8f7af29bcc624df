/** Something that landing cannot do without, and whether it is away: told once when it goes and once when it is back. */

import type { OnNotice } from '../notice.ts';

/** Of one outage, so many different failures are told; a failure with ever new words would flood the log. */
const TOLD_MAX = 8;

/** Counts failures of one thing, however many tables run into it. */
export class Outage {
  readonly #name: string;
  readonly #onNotice: OnNotice;
  readonly #failing = new Set<string>();
  readonly #told = new Set<string>();
  #failures = 0;

  /** `name` begins a sentence: `The storage`. */
  constructor(name: string, onNotice: OnNotice) {
    this.#name = name;
    this.#onNotice = onNotice;
  }

  /** True while nobody has failed since their last success. */
  get isOver(): boolean {
    return this.#failing.size === 0;
  }

  /** Failed attempts so far. */
  get failures(): number {
    return this.#failures;
  }

  /** Whoever tried has failed. Each outage is told once, and once more for each other cause that shows. */
  failed(who: string, cause: unknown): void {
    this.#failures++;
    this.#failing.add(who);
    const message = cause instanceof Error ? cause.message : String(cause);
    if (this.#told.has(message) || this.#told.size >= TOLD_MAX) return;
    this.#told.add(message);
    const text = `${this.#name} fails. ${message} It is tried again until it works; what waits stays in the spool.`;
    this.#onNotice({ level: 'warn', part: 'landing', text });
  }

  /** Whoever tried has succeeded. */
  succeeded(who: string): void {
    if (!this.#failing.delete(who) || !this.isOver) return;
    this.#told.clear();
    this.#onNotice({ level: 'info', part: 'landing', text: `${this.#name} works again.` });
  }
}
