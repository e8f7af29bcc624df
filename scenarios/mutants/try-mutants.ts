/** Tries mutants in many scenarios, in several processes. */
import type { Plan } from '../planning/plan.ts';
import { runJobs, taskAt } from '../sweep/index.ts';
import type { JobEvent, JobOutcome } from '../sweep/index.ts';
import type { KillJob } from './kill-task.ts';
import type { Mutant } from './mutant.ts';
import type { ScenarioVerdicts } from './verdicts.ts';

/** Sessions of a world up to which mutants are tried that make many rows. */
const EXPLODING_SESSIONS_MAX = 40;
/** Trying every mutant in a larger world takes minutes, and shows nothing that a smaller one does not. */
const CUSTOMERS_MAX = 300;

/** A scenario to try mutants in. */
export interface MutantScenario {
  readonly plan: Plan;
  readonly file: string;
}

/** The scenarios that are worth to try all mutants in, and those that are too large for that. */
export function splitBySize<Scenario extends MutantScenario>(
  scenarios: readonly Scenario[],
): { readonly small: readonly Scenario[]; readonly large: readonly Scenario[] } {
  // Walks that are sampled hold thousands of readings for each person.
  const isSmall = ({ plan: { world } }: Scenario): boolean =>
    world.customers <= CUSTOMERS_MAX && world.profile !== 'continuous';
  return {
    small: scenarios.filter(isSmall),
    large: scenarios.filter((scenario) => !isSmall(scenario)),
  };
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
 * Tries mutants in scenarios, and gives what was found in the order of the scenarios. A scenario that cannot be run is
 * told as broken, and takes no other along. Throws the reason of the signal.
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
    const verdicts = outcome.status === 'done' ? outcome.value : toBroken(outcome);
    found.set(outcome.job, verdicts);
    onDone?.(verdicts);
  }
  signal?.throwIfAborted();
  return jobs.flatMap((job) => found.get(job) ?? []);
}

/** The mutants that are tried in a scenario: those that make many rows are left to small worlds. */
export function mutantsFor({ world }: Plan, mutants: readonly Mutant[]): readonly Mutant[] {
  const sessions = world.customers * world.sessionsPerPerson;
  return mutants.filter(({ explodes }) => explodes !== true || sessions <= EXPLODING_SESSIONS_MAX);
}

function toJob(plan: Plan, file: string, mutants: readonly Mutant[]): KillJob {
  return { plan, file, mutants: mutantsFor(plan, mutants).map(({ id }) => id) };
}

function toBroken(
  outcome: Extract<JobOutcome<KillJob, ScenarioVerdicts>, { status: 'failed' | 'crashed' }>,
): ScenarioVerdicts {
  const { file, plan } = outcome.job;
  const broken = outcome.status === 'failed' ? outcome.failure.message : outcome.reason;
  return { file, seed: plan.seed, bases: [], mutants: [], broken };
}
