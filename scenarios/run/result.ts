import type { Accounting, AuditFinding } from '../../pipeline/index.ts';
import type { Bin } from '../evidence/bins.ts';
import type { Exhibits } from '../exhibits/exhibits.ts';
import { sumCoverage } from '../exhibits/suite-coverage.ts';
import type { SuiteCoverage } from '../exhibits/suite-coverage.ts';
import type { OracleResult, Verdict } from '../oracles/judge.ts';
import { isAboutZones } from '../oracles/zone-oracles.ts';
import type { Mode } from '../planning/plan.ts';
import type { SweepSummary, SweepTiming } from './sweep-summary.ts';

/** Every reading that a body made, and the bin that each ended in: the bins sum to what was emitted. */
export interface LedgerSummary {
  readonly emitted: number;
  readonly bins: Readonly<Record<Bin, number>>;
}

/** What one scenario at one seed showed. The same in every run of the same plan in `sim`: it holds no wall time. */
export interface ScenarioResult {
  readonly name: string;
  /** The story behind the name. */
  readonly about?: string;
  readonly file: string;
  readonly seed: number;
  readonly mode: Mode;
  /** The name of the pipeline under test. */
  readonly pipeline: string;
  /** Given when the run drew its own mix of faults: what never came up is for all seeds of the swarm together to answer. */
  readonly swarm?: true;
  readonly verdict: Verdict;
  readonly oracles: readonly OracleResult[];
  readonly ledger: LedgerSummary;
  /** Rows of the eight tables. */
  readonly tables: Readonly<Record<string, { readonly rows: number }>>;
  /** What the pipeline's own audit found in the data, without knowing the truth. */
  readonly audit: readonly (Pick<AuditFinding, 'id' | 'rows' | 'title'> & Partial<AuditFinding>)[];
  /** What became of the rows of each table; left out when the pipeline keeps no books. */
  readonly accounting?: Accounting;
  /** What reports draw: signals, confusion, join yield, coverage. */
  readonly exhibits: Exhibits;
  /** The command that replays this run. */
  readonly repro: string;
}

/** A run that this machine has not the parts for, such as pseudo-terminals. */
export interface NotRun {
  readonly file: string;
  readonly seed: number;
  readonly reason: string;
  /** The code of the error, or CRASHED for what nobody foresaw. */
  readonly code?: string;
}

/** A mutant, or `classic`, and how much alike it and a pipeline are: 1 when the same oracles fail with the same values. */
export interface Likeness {
  readonly mutant: string;
  /** What it does wrong. */
  readonly title: string;
  /** 0–1. */
  readonly likeness: number;
}

/** What an oracle holds against the zones of one run. */
export interface Defect {
  /** Id of the oracle. */
  readonly id: string;
  readonly title: string;
  /** The table of the first row that it names; `null` when it names none. */
  readonly table: string | null;
  /** How many rows are wrong: as measured where the oracle counts rows, else how many it names: 20 different ones at most. */
  readonly rows: number;
  /** The scenario, as the user named it. */
  readonly scenario: string;
  readonly seed: number;
  /** Of the mutants that the pipeline behaves like, those that fail here with the same value. */
  readonly behavesLike: readonly string[];
}

/** What a call of `stedi run` showed: one document on stdout with `--json`. */
export interface RunDocument {
  readonly verdict: Verdict;
  readonly scenarios: readonly ScenarioResult[];
  /** What the runs really exercised: fault × oracle. */
  readonly coverage: SuiteCoverage;
  /** What is wrong with the zones, run by run. */
  readonly defects: readonly Defect[];
  /** Known mistakes that the pipeline behaves like, the likest first; left out when it is `strict`, or like none. */
  readonly behavesLike?: readonly Likeness[];
  /** Left out when everything was run. */
  readonly notRun?: readonly NotRun[];
  /** Given when there was more than one run. Passing results beyond the first of a scenario have no exhibits but coverage. */
  readonly sweep?: SweepSummary;
  /** What the runs of a sweep took. */
  readonly timing?: SweepTiming;
}

/** What several runs showed beyond their results. */
export interface SweepPart {
  readonly summary: SweepSummary;
  readonly timing: SweepTiming;
  /** Of all runs, those whose results are not kept among them. */
  readonly coverage: SuiteCoverage;
}

/**
 * The document of some results: it passes when there are some, all of them pass, nothing was left out, and a sweep was
 * not stopped and has exercised whatever it was held to.
 */
export function toRunDocument(
  scenarios: readonly ScenarioResult[],
  notRun: readonly NotRun[] = [],
  sweep?: SweepPart,
): RunDocument {
  const passed = scenarios.length > 0 && scenarios.every(({ verdict }) => verdict === 'pass');
  const isComplete = notRun.length === 0;
  const coverage =
    sweep?.coverage ?? sumCoverage(scenarios.map(({ exhibits }) => exhibits.coverage));
  return {
    verdict: passed && isComplete && isWhole(sweep?.summary) ? 'pass' : 'fail',
    scenarios,
    coverage,
    defects: scenarios.flatMap(defectsOf),
    ...(!isComplete && { notRun }),
    ...(sweep !== undefined && { sweep: sweep.summary, timing: sweep.timing }),
  };
}

/** What is wrong with the zones of one run, before anything is known of mutants. */
function defectsOf({ file, seed, oracles }: ScenarioResult): Defect[] {
  return oracles
    .filter(({ id, verdict }) => verdict === 'fail' && isAboutZones(id))
    .map(({ id, title, unit, measured, offenders }) => ({
      id,
      title,
      table: offenders[0]?.table ?? null,
      rows: unit === 'rows' ? measured : offenders.reduce((sum, { times = 1 }) => sum + times, 0),
      scenario: file,
      seed,
      behavesLike: [],
    }));
}

function isWhole(sweep: SweepSummary | undefined): boolean {
  return sweep === undefined || (!sweep.stopped && sweep.unexercised.length === 0);
}
