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
  const faults = OCCURRENCES.flatMap((fault) => sumFault(fault, runs));
  const oracles = countRuns(runs);
  return {
    faults,
    neverHappened: OCCURRENCES.filter((name) => !faults.some(({ fault }) => fault === name)),
    oracles,
    neverAsked: ORACLE_IDS.filter((id) => oracles[id] === undefined),
  };
}

function sumFault(fault: string, runs: readonly RunCoverage[]): FaultCoverage[] {
  const struck = runs.filter(({ faults }) => (faults[fault] ?? 0) > 0);
  if (struck.length === 0) return [];
  const times = struck.reduce((sum, { faults }) => sum + (faults[fault] ?? 0), 0);
  return [{ fault, runs: struck.length, times, oracles: countRuns(struck) }];
}

/** The number of runs in which each oracle had a chance, in the order of oracles. */
function countRuns(runs: readonly RunCoverage[]): Record<string, number> {
  const counts = ORACLE_IDS.map(
    (id) => [id, runs.filter(({ oracles }) => (oracles[id] ?? 0) > 0).length] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
