/** What a worker does: all mutants of one scenario. */
import type { Plan } from '../planning/plan.ts';
import type { Perform } from '../sweep/index.ts';
import { MUTANTS } from './catalogue/index.ts';
import { judgeMutants } from './judge-mutants.ts';
import type { ScenarioVerdicts } from './verdicts.ts';

/** A scenario and the ids of the mutants to try in it, which travel to other processes. */
export interface KillJob {
  readonly plan: Plan;
  readonly file: string;
  readonly mutants: readonly string[];
}

/** Tries them. */
export const perform: Perform<KillJob, ScenarioVerdicts> = (
  { plan, file, mutants },
  surroundings,
) =>
  judgeMutants(
    { plan, file, mutants: MUTANTS.filter(({ id }) => mutants.includes(id)) },
    surroundings,
  );
