/** What reports draw of a run, beside the verdict. It holds no wall time and no personal data. */
import type { SessionPlot } from './session-plot.ts';

/** Readings of one person that the pipeline takes for another's, or for nobody's (`null`). */
export interface ConfusionCell {
  readonly person: number;
  readonly believed: number | null;
  readonly readings: number;
}

/** Whose the pipeline takes usable trainer readings for, against who made them. */
export interface Confusion {
  readonly right: number;
  readonly wrong: number;
  /** Usable readings that the pipeline gives to nobody. */
  readonly none: number;
  /** The largest mistakes first, 20 at most; right cells are left out. */
  readonly cells: readonly ConfusionCell[];
}

/** The people whose phone was off by about the same, and the share of their right ML pairs that was found. */
export interface JoinYield {
  /** Phone minus world, in ms, as the mean over a person's samples. */
  readonly skewMs: number;
  /** 0–1. */
  readonly yield: number;
  /** Right pairs that belong into the ML table. */
  readonly pairs: number;
  readonly people: number;
}

/** What a run really exercised. */
export interface RunCoverage {
  /** How often each thing happened that a fault or the world can bring about; what did not happen is left out. */
  readonly faults: Readonly<Record<string, number>>;
  /** Chances of each oracle that was asked. */
  readonly oracles: Readonly<Record<string, number>>;
}

/** The exhibits of one run. */
export interface Exhibits {
  /** Left out when no oracle has an offender with readings. */
  readonly session?: SessionPlot;
  readonly confusion: Confusion;
  /** In the order of skews, 200 at most. */
  readonly joinYieldBySkew: readonly JoinYield[];
  readonly coverage: RunCoverage;
}

/** Exhibits of a run in which nothing happened. */
export const NO_EXHIBITS: Exhibits = {
  confusion: { right: 0, wrong: 0, none: 0, cells: [] },
  joinYieldBySkew: [],
  coverage: { faults: {}, oracles: {} },
};
