/** What reports draw of a run, beside the verdict. It holds no wall time and no personal data. */
import { OCCURRENCES } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { promisedRows } from '../evidence/promised-rows.ts';
import type { OracleResult } from '../oracles/judge.ts';
import { countConfusion } from './confusion.ts';
import type { Confusion } from './confusion.ts';
import { measureJoinYield } from './join-yield.ts';
import type { JoinYield } from './join-yield.ts';
import { plotSession } from './session-plot.ts';
import type { SessionPlot } from './session-plot.ts';

export type { Confusion, ConfusionCell } from './confusion.ts';
export type { JoinYield } from './join-yield.ts';
export type { SessionPlot } from './session-plot.ts';

/** What a run really exercised. */
export interface RunCoverage {
  /** How often each thing happened that a fault or the world can bring about; what did not happen is left out. */
  readonly faults: Readonly<Record<string, number>>;
  /** Chances of each oracle that was asked. */
  readonly oracles: Readonly<Record<string, number>>;
}

/** The exhibits of one run. */
export interface Exhibits {
  /** Left out when no failing oracle has an offender with readings. */
  readonly session?: SessionPlot;
  readonly confusion: Confusion;
  /** Rows that the policy promises for each table of the zones. */
  readonly promised: Readonly<Record<string, number>>;
  /** In the order of skews, 200 at most. */
  readonly joinYieldBySkew: readonly JoinYield[];
  readonly coverage: RunCoverage;
}

/** Exhibits of a run in which nothing happened. */
export const NO_EXHIBITS: Exhibits = {
  confusion: { right: 0, wrong: 0, none: 0, cells: [] },
  promised: {},
  joinYieldBySkew: [],
  coverage: { faults: {}, oracles: {} },
};

/** Makes the exhibits of a run that was judged. */
export function makeExhibits(evidence: Evidence, oracles: readonly OracleResult[]): Exhibits {
  const session = plotSession(evidence, oracles);
  return {
    ...(session !== undefined && { session }),
    confusion: countConfusion(evidence),
    promised: Object.fromEntries(
      Object.entries(promisedRows(evidence)).map(([table, rows]) => [table, rows.length]),
    ),
    joinYieldBySkew: measureJoinYield(evidence),
    coverage: measureCoverage(evidence, oracles),
  };
}

function measureCoverage(evidence: Evidence, oracles: readonly OracleResult[]): RunCoverage {
  const happened = OCCURRENCES.map(
    (occurrence) => [occurrence, evidence.occurrences(occurrence)] as const,
  );
  // Whether something happened is an occurrence, and not what an oracle makes of it.
  const asked = oracles.filter(({ id }) => !id.startsWith('sometimes.'));
  return {
    faults: Object.fromEntries(happened.filter(([, times]) => times > 0)),
    oracles: Object.fromEntries(asked.map(({ id, chances }) => [id, chances])),
  };
}
