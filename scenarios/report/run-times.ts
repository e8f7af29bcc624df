import type { ScenarioResult } from '../run/result.ts';

/** How long runs took. Results leave it out, because it is never the same twice. */
export interface RunTimes {
  /** Wall time of the whole call, in epoch ms. */
  readonly startMs: number;
  readonly stopMs: number;
  /** Wall time of one run in ms. */
  readonly msOf: (result: ScenarioResult) => number;
}
