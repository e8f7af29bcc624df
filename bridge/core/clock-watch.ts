/**
 * Notices when somebody sets the machine's clock. A clock that was set and stays so is believed; one that is put back
 * soon, by hand or because a time server was wrong, is not, and neither is one that is only adjusted little by little.
 */

/** Less is what time servers correct without anybody noticing, and what a busy machine reads too late. */
const STEP_MS_MIN = 1_000;
/** How long a clock must stay where it was set. */
const LASTING_MS = 10_000;

/** A clock that was set. */
export interface ClockStep {
  /** By how much, in ms; negative when it was set back. */
  readonly byMs: number;
  /** By how much since the start, all steps together. */
  readonly setMs: number;
}

/** Compares the time of day with an even clock, again and again. Times are epoch ms with fractions. */
export class ClockWatch {
  /** The difference between both clocks that is believed, and the one at the start. */
  readonly #startMs: number;
  #believedMs: number;
  #doubted: { readonly differenceMs: number; readonly sinceMs: number } | undefined;

  constructor(evenMs: number, wallMs: number) {
    this.#startMs = wallMs - evenMs;
    this.#believedMs = this.#startMs;
  }

  /** Looks at both clocks; tells of a step when one is to be believed. */
  look(evenMs: number, wallMs: number): ClockStep | undefined {
    const differenceMs = wallMs - evenMs;
    const byMs = differenceMs - this.#believedMs;
    if (Math.abs(byMs) <= STEP_MS_MIN) {
      this.#doubted = undefined;
      return undefined;
    }
    const doubted = this.#doubted;
    if (doubted === undefined || Math.abs(differenceMs - doubted.differenceMs) > STEP_MS_MIN) {
      this.#doubted = { differenceMs, sinceMs: evenMs };
      return undefined;
    }
    if (evenMs - doubted.sinceMs < LASTING_MS) return undefined;
    this.#believedMs = differenceMs;
    this.#doubted = undefined;
    return { byMs, setMs: differenceMs - this.#startMs };
  }
}
