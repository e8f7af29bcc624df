/** How far a run is, and how long the rest may take. */

/** How far a run is. */
export interface PipelineProgress {
  /** What is being done. */
  readonly step: string;
  /** Steps that are done, and all steps. */
  readonly done: number;
  readonly total: number;
  /** The part of the work that is done, 0–1; it never falls. */
  readonly share: number;
  /** How long the rest takes if it goes on as until now, in seconds; absent while that cannot be told. */
  readonly secondsLeft?: number;
}

/** A step of a run, and what it costs in proportion to the others. */
export interface PlannedStep {
  readonly step: string;
  readonly cost: number;
}

/** No time is foretold before this share of the work is done, … */
const TOLD_FROM_SHARE = 0.02;
/** … or before so many seconds are over. */
const TOLD_FROM_SECONDS = 2;

/** Follows a run through its planned steps. Time comes from the caller, in ms on a clock that only goes forward. */
export class RunProgress {
  readonly #steps: PlannedStep[];
  readonly #startMs: number;
  #at = 0;
  #within = 0;
  #share = 0;

  constructor(steps: readonly PlannedStep[], nowMs: number) {
    this.#steps = [...steps];
    this.#startMs = nowMs;
  }

  /** Another cost of steps that are still to come or under way, once more is known about them. */
  plan(costs: ReadonlyMap<string, number>): void {
    for (const [index, { step, cost }] of this.#steps.entries()) {
      if (index >= this.#at) this.#steps[index] = { step, cost: costs.get(step) ?? cost };
    }
  }

  /** A step begins: those before it are done. Steps that were not planned count with the one before them. */
  begin(step: string): void {
    const index = this.#steps.findIndex((planned) => planned.step === step);
    if (index >= 0) this.#at = index;
    this.#within = 0;
  }

  /** How much of the step is done, 0–1; less than was told before is not believed. */
  within(share: number): void {
    this.#within = Math.max(this.#within, Math.min(share, 1));
  }

  /** How far the run is now. */
  at(nowMs: number): PipelineProgress {
    const costOf = (steps: readonly PlannedStep[]): number =>
      steps.reduce((sum, { cost }) => sum + cost, 0);
    const current = this.#steps[this.#at];
    const done = costOf(this.#steps.slice(0, this.#at)) + this.#within * (current?.cost ?? 0);
    const share = done / Math.max(costOf(this.#steps), Number.MIN_VALUE);
    this.#share = Math.max(this.#share, Math.min(share, 1));
    const seconds = (nowMs - this.#startMs) / 1000;
    return {
      step: current?.step ?? '',
      done: this.#at,
      total: this.#steps.length - 1,
      share: this.#share,
      ...(seconds >= TOLD_FROM_SECONDS &&
        share >= TOLD_FROM_SHARE && { secondsLeft: (seconds / share) * (1 - share) }),
    };
  }
}
