/** What a worker does with one run of a sweep. */
import type { Plan } from '../plan.ts';
import type { ScenarioResult } from '../run/result.ts';
import { runScenario } from '../run/run-scenario.ts';
import type { Perform } from './job.ts';

/** One run: a plan, what its scenario is called, and the folder that it leaves. */
export interface RunJob {
  readonly plan: Plan;
  readonly file: string;
  readonly out: string;
}

/** Runs a plan and judges it. */
export const perform: Perform<RunJob, ScenarioResult> = ({ plan, file, out }, surroundings) =>
  runScenario({ plan, file, out, ...surroundings });
