/** Tries mutants in many scenarios, in several processes. */
import type { Plan } from '../plan.ts';
import { runJobs, taskAt } from '../sweep/index.ts';
import type { JobEvent, JobOutcome } from '../sweep/index.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { ScenarioVerdicts } from './judge-mutants.ts';
import type { KillJob } from './kill-task.ts';
import type { Mutant } from './mutant.ts';

/** Sessions of a world up to which mutants are tried that make many rows. */
const EXPLODING_SESSIONS_MAX = 40;

/** A scenario to try mutants in. */
export interface MutantScenario {
  readonly plan: Plan;
  readonly file: string;
}

/** How mutants are tried. */
export interface TryOptions {
  /** Processes; without it, one per core. */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: JobEvent<KillJob>) => void) | undefined;
  /** Told what was found in each scenario that is done. */
  readonly onDone?: ((found: ScenarioVerdicts) => void) | undefined;
}

/**
 * Tries mutants in scenarios, and gives what was found in the order of the scenarios.
 *
 * @throws ScenarioError MUTANTS_FAILED when a scenario or a mutant could not be run; the reason of the signal
 */
export async function tryMutants(
  scenarios: readonly MutantScenario[],
  mutants: readonly Mutant[],
  { workers, signal, onEvent, onDone }: TryOptions = {},
): Promise<ScenarioVerdicts[]> {
  const jobs = scenarios.map(({ plan, file }) => toJob(plan, file, mutants));
  const found = new Map<KillJob, ScenarioVerdicts>();
  const task = taskAt<KillJob, ScenarioVerdicts>('./kill-task', import.meta.url);
  for await (const outcome of runJobs(jobs, { task, workers, signal, onEvent })) {
    if (outcome.status === 'stopped') continue;
    if (outcome.status !== 'done') throw toError(outcome);
    found.set(outcome.job, outcome.value);
    onDone?.(outcome.value);
  }
  signal?.throwIfAborted();
  return jobs.flatMap((job) => found.get(job) ?? []);
}

function toJob(plan: Plan, file: string, mutants: readonly Mutant[]): KillJob {
  const sessions = plan.world.customers * plan.world.sessionsPerPerson;
  const tried = mutants.filter(
    ({ explodes }) => explodes !== true || sessions <= EXPLODING_SESSIONS_MAX,
  );
  return { plan, file, mutants: tried.map(({ id }) => id) };
}

function toError(
  outcome: Extract<JobOutcome<KillJob, ScenarioVerdicts>, { status: 'failed' | 'crashed' }>,
): ScenarioError {
  const why = outcome.status === 'failed' ? outcome.failure.message : outcome.reason;
  return new ScenarioError(
    'MUTANTS_FAILED',
    `Mutants could not be tried in ${outcome.job.file}. ${why}`,
  );
}
