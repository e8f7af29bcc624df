import type { RunTimes, ScenarioResult } from '../scenarios/index.ts';

/** Keeps the wall times of a call, for reports. */
export class RunClock implements RunTimes {
  readonly startMs: number = Date.now();
  readonly #ms = new WeakMap<ScenarioResult, number>();

  get stopMs(): number {
    return Date.now();
  }

  /** Notes how long a run took. */
  note(result: ScenarioResult, ms: number): void {
    this.#ms.set(result, ms);
  }

  msOf = (result: ScenarioResult): number => this.#ms.get(result) ?? 0;
}
