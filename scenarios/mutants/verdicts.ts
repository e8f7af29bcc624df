/** What is found of mutants in one scenario. */
import type { Policy, ZoneTableName } from '../../pipeline/index.ts';

/** What an oracle measured of zones that it does not accept. */
export interface FailedOracle {
  readonly oracle: string;
  readonly measured: number;
  /** One sentence with the numbers in it. */
  readonly sentence: string;
}

/** A pipeline that is held against the expectations of a scenario. */
export interface BaseVerdict {
  readonly pipeline: Policy;
  readonly failed: readonly FailedOracle[];
}

/** What of a mutant is not as its base has it: a table of the zones, or what is set aside. */
export type Difference = ZoneTableName | 'quarantine';

/** One mutant in one scenario. */
export interface MutantVerdict {
  readonly mutant: string;
  /** Empty when it makes what its base makes. */
  readonly differs: readonly Difference[];
  /** Every oracle that fails. */
  readonly failed: readonly FailedOracle[];
  /** Why it could not be run. */
  readonly broken?: string;
}

/** All that was tried in one scenario. */
export interface ScenarioVerdicts {
  readonly file: string;
  readonly seed: number;
  readonly bases: readonly BaseVerdict[];
  readonly mutants: readonly MutantVerdict[];
  /** Why nothing could be tried in it. */
  readonly broken?: string;
}

/** True when `strict` itself passes all that it was tried in: what it fails says nothing about its mutants. */
export function isStrictSound({ bases }: Pick<ScenarioVerdicts, 'bases'>): boolean {
  return bases.every(({ pipeline, failed }) => pipeline !== 'strict' || failed.length === 0);
}
