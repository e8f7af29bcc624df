/** What many runs showed together. */

/** A run that failed: its scenario, its seed, the oracles that say so, and the command that replays it. */
export interface FailingRun {
  readonly file: string;
  readonly seed: number;
  readonly oracles: readonly string[];
  readonly repro: string;
}

/** An oracle that had no chance to fail, or something that never happened, in any run of a swarm. */
export interface Unexercised {
  readonly file: string;
  readonly oracle: string;
}

/** Several runs of one call: `done` = `passed` + `failed` + those that could not be done. */
export interface SweepSummary {
  readonly planned: number;
  readonly done: number;
  readonly passed: number;
  readonly failed: number;
  /** Whether somebody stopped it before all was done. */
  readonly stopped: boolean;
  /** In the order of scenarios and seeds. */
  readonly failing: readonly FailingRun[];
  /** Seeds of a swarm draw different faults: what is asked of each alone elsewhere is asked of all together here. */
  readonly unexercised: readonly Unexercised[];
}

/** What a sweep took: wall time, which is never the same twice. */
export interface SweepTiming {
  readonly seconds: number;
  readonly workers: number;
  /** The runs that took longest, the slowest first. */
  readonly slowest: readonly {
    readonly file: string;
    readonly seed: number;
    readonly ms: number;
  }[];
}
