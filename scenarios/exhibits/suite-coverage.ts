/** What a call of `stedi run` really exercised: which things happened in runs whose oracles could have noticed them. */
import { OCCURRENCES } from '../../simulator/index.ts';
import { ORACLE_IDS } from '../oracles/ids.ts';
import type { RunCoverage } from './exhibits.ts';

/** One thing that happened, such as `line-garbled`. */
export interface FaultCoverage {
  readonly fault: string;
  /** In how many runs it happened, and how often in all of them. */
  readonly runs: number;
  readonly times: number;
  /** In how many of these runs each oracle was asked and could have failed; others are left out. */
  readonly oracles: Readonly<Record<string, number>>;
}

/** Fault × oracle over several runs. */
export interface SuiteCoverage {
  /** What happened, in the order of names. */
  readonly faults: readonly FaultCoverage[];
  /** What a run can show and none did. */
  readonly neverHappened: readonly string[];
  /** In how many runs each oracle was asked and could have failed, faults or not. */
  readonly oracles: Readonly<Record<string, number>>;
  /** Oracles that no run gave a chance. */
  readonly neverAsked: readonly string[];
}

/** Adds up the coverage of runs. */
export function sumCoverage(runs: readonly RunCoverage[]): SuiteCoverage {
  const sum = new CoverageSum();
  for (const run of runs) sum.add(run);
  return sum.total;
}

/** In how many runs each oracle had a chance. */
type OracleRuns = Map<string, number>;

/** What was added up for one thing that can happen. */
interface FaultSum {
  runs: number;
  times: number;
  readonly oracles: OracleRuns;
}

/** Adds up the coverage of runs, one by one: of many runs it takes no more room than of few. */
export class CoverageSum {
  readonly #faults = new Map<string, FaultSum>();
  readonly #oracles: OracleRuns = new Map();

  /** Adds the coverage of one run. */
  add({ faults, oracles }: RunCoverage): void {
    countRun(this.#oracles, oracles);
    for (const [fault, times] of Object.entries(faults)) {
      if (times === 0) continue;
      const sum = this.#faults.get(fault) ?? { runs: 0, times: 0, oracles: new Map() };
      sum.runs++;
      sum.times += times;
      countRun(sum.oracles, oracles);
      this.#faults.set(fault, sum);
    }
  }

  /** What was added so far. */
  get total(): SuiteCoverage {
    const faults = OCCURRENCES.flatMap((fault): FaultCoverage[] => {
      const sum = this.#faults.get(fault);
      return sum === undefined ? [] : [{ ...sum, fault, oracles: inOrder(sum.oracles) }];
    });
    const oracles = inOrder(this.#oracles);
    return {
      faults,
      neverHappened: OCCURRENCES.filter((name) => !this.#faults.has(name)),
      oracles,
      neverAsked: ORACLE_IDS.filter((id) => oracles[id] === undefined),
    };
  }
}

function countRun(counts: OracleRuns, oracles: RunCoverage['oracles']): void {
  for (const [id, chances] of Object.entries(oracles)) {
    if (chances > 0) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
}

/** Counts in the order of oracles. */
function inOrder(counts: OracleRuns): Record<string, number> {
  return Object.fromEntries(
    ORACLE_IDS.flatMap((id) => {
      const count = counts.get(id);
      return count === undefined ? [] : [[id, count]];
    }),
  );
}
