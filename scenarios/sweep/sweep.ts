/** Many runs of one call: simulated ones in child processes, live ones in this process, one at a time. */
import { rm } from 'node:fs/promises';
import type { LiveParts } from '../live/index.ts';
import type { PipelineUnderTest } from '../run/pipeline-under-test.ts';
import type { NotRun, ScenarioResult } from '../run/result.ts';
import { runScenario } from '../run/run-scenario.ts';
import { removeAsides } from '../run/workspace.ts';
import { Doubles, watched } from './doubles.ts';
import { taskAt } from './job.ts';
import type { JobOutcome, Task } from './job.ts';
import { describeFailure } from './job-failure.ts';
import { defaultWorkers, runJobs } from './run-jobs.ts';
import { describeNotRun } from './not-run.ts';
import type { RunJob } from './run-task.ts';
import { SweepTally } from './sweep-tally.ts';

/** What happens in a sweep. */
export type SweepEvent =
  | { readonly kind: 'begun'; readonly job: RunJob }
  | {
      readonly kind: 'progress';
      readonly job: RunJob;
      readonly stage: string;
      readonly share: number;
    }
  | {
      readonly kind: 'ended';
      readonly job: RunJob;
      /** Left out when the run could not be done. */
      readonly result?: ScenarioResult;
      /** Wall time. */
      readonly ms: number;
    };

/** How a sweep is done. */
export interface SweepOptions {
  /** Child processes for simulated runs; without it, one per core. */
  readonly workers?: number | undefined;
  /** Stops it early: what is done by then is the sweep. */
  readonly signal: AbortSignal;
  /** The pipeline under test of live runs; simulated ones look theirs up by name, in their own process. */
  readonly pipeline?: PipelineUnderTest | undefined;
  /** External parts of live runs. */
  readonly parts?: LiveParts | undefined;
  /** Stops at the first run that fails. */
  readonly untilFailure?: boolean | undefined;
  /** Leaves the folders of all runs; without it, of runs that passed only those of each scenario's first seed. */
  readonly keepAll?: boolean | undefined;
  /** Does every simulated run twice, with another number of workers and in another order, and compares what they left. */
  readonly checkDeterminism?: boolean | undefined;
  /** More options of Node for the workers. */
  readonly execArgv?: readonly string[] | undefined;
  readonly onEvent?: ((event: SweepEvent) => void) | undefined;
}

/** The task of a worker. */
const RUN_TASK: Task<RunJob, ScenarioResult> = taskAt('./run-task', import.meta.url);

/** Runs that are checked at a time: their doubles wait on disk until then. */
const CHECKED_AT_A_TIME = 50;

/**
 * Runs all jobs and gives what they showed. What a run could not do is told, and costs no other run.
 *
 * @throws ScenarioError NOT_DETERMINISTIC, when that is checked, with the first event, line, file or row that differs
 */
export async function runSweep(
  jobs: readonly RunJob[],
  options: SweepOptions,
): Promise<{ readonly tally: SweepTally; readonly isStopped: boolean; readonly workers: number }> {
  const sweep = new Sweep(jobs, options);
  await sweep.run();
  return { tally: sweep.tally, isStopped: sweep.isStopped, workers: sweep.workers };
}

class Sweep {
  readonly tally: SweepTally;
  readonly workers: number;
  readonly #jobs: readonly RunJob[];
  readonly #options: SweepOptions;
  readonly #places = new Map<RunJob, number>();
  readonly #firstOf = new Set<RunJob>();
  readonly #enough = new AbortController();
  readonly #signal: AbortSignal;
  /** What determinism is checked against, if it is. */
  readonly #doubles: Doubles | undefined;

  constructor(jobs: readonly RunJob[], options: SweepOptions) {
    const { workers = defaultWorkers(), checkDeterminism = false } = options;
    this.#jobs = checkDeterminism ? jobs.map(watched) : jobs;
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#enough.signal]);
    this.tally = new SweepTally(jobs.length);
    this.workers = Math.min(workers, jobs.filter(isSimulated).length);
    if (checkDeterminism) {
      const { execArgv } = options;
      const others = { task: RUN_TASK, workers: this.workers, signal: this.#signal, execArgv };
      this.#doubles = new Doubles(others);
    }
    const begun = new Set<string>();
    for (const [index, job] of this.#jobs.entries()) {
      this.#places.set(job, index);
      const { file, plan } = job;
      const scenario = `${file}\n${plan.mode}`;
      if (!begun.has(scenario)) this.#firstOf.add(job);
      begun.add(scenario);
    }
  }

  get isStopped(): boolean {
    return this.#signal.aborted;
  }

  async run(): Promise<void> {
    const simulated = this.#jobs.filter(isSimulated);
    if (this.#doubles === undefined) await this.#runSimulated(simulated);
    else await this.#runTwice(simulated, this.#doubles);
    for (const job of this.#jobs) {
      if (isSimulated(job)) continue;
      if (this.isStopped) return;
      await this.#runLive(job);
    }
  }

  async #runTwice(jobs: readonly RunJob[], doubles: Doubles): Promise<void> {
    try {
      for (let from = 0; from < jobs.length; from += CHECKED_AT_A_TIME) {
        const some = jobs.slice(from, from + CHECKED_AT_A_TIME);
        await doubles.make(some);
        await this.#runSimulated(some);
        await doubles.clear();
      }
    } finally {
      await doubles.clear();
    }
  }

  async #runSimulated(jobs: readonly RunJob[]): Promise<void> {
    const { onEvent, execArgv } = this.#options;
    const outcomes = runJobs(jobs, {
      task: RUN_TASK,
      workers: this.workers,
      signal: this.#signal,
      execArgv,
      onEvent: (event) => {
        if (event.kind === 'started') onEvent?.({ kind: 'begun', job: event.job });
        else onEvent?.(event);
      },
    });
    for await (const outcome of outcomes) await this.#take(outcome);
  }

  async #runLive(job: RunJob): Promise<void> {
    const { parts, pipeline, onEvent } = this.#options;
    onEvent?.({ kind: 'begun', job });
    const startMs = performance.now();
    const outcome = await runScenario({
      ...job,
      pipeline,
      parts,
      signal: this.#signal,
      onProgress: (stage, share) => onEvent?.({ kind: 'progress', job, stage, share }),
    }).then(
      (value): JobOutcome<RunJob, ScenarioResult> => {
        return { status: 'done', job, value, ms: performance.now() - startMs };
      },
      (error: unknown): JobOutcome<RunJob, ScenarioResult> => {
        if (this.isStopped) return { status: 'stopped', job };
        return {
          status: 'failed',
          job,
          failure: describeFailure(error),
          ms: performance.now() - startMs,
        };
      },
    );
    await this.#take(outcome);
  }

  async #take(outcome: JobOutcome<RunJob, ScenarioResult>): Promise<void> {
    if (outcome.status === 'stopped') return;
    const { job } = outcome;
    const ms = 'ms' in outcome ? outcome.ms : 0;
    if (outcome.status === 'done') await this.#takeResult(job, outcome.value, ms);
    else {
      if (outcome.status === 'crashed') await removeAsides(job.out);
      this.#takeNotRun(job, describeNotRun(outcome), ms);
    }
    if (this.#options.untilFailure === true && this.tally.failures > 0) this.#enough.abort();
  }

  async #takeResult(job: RunJob, result: ScenarioResult, ms: number): Promise<void> {
    const alone = await this.#doubles?.compare(job);
    if (alone !== undefined) return this.#takeNotRun(job, alone, ms);
    this.tally.add(this.#placeOf(job), result, { ms, isFirst: this.#firstOf.has(job) });
    await this.#tidyUp(job, result);
    this.#options.onEvent?.({ kind: 'ended', job, result, ms });
  }

  #takeNotRun(job: RunJob, notRun: NotRun, ms: number): void {
    this.tally.addNotRun(this.#placeOf(job), notRun);
    this.#options.onEvent?.({ kind: 'ended', job, ms });
  }

  #placeOf(job: RunJob): number {
    return this.#places.get(job) as number;
  }

  /** A sweep of a thousand seeds would fill the disk with runs in which there is nothing to see. */
  async #tidyUp(job: RunJob, { verdict }: ScenarioResult): Promise<void> {
    if (this.#options.keepAll === true || verdict === 'fail' || this.#firstOf.has(job)) return;
    await rm(job.out, { recursive: true, force: true });
  }
}

function isSimulated({ plan }: RunJob): boolean {
  return plan.mode === 'sim';
}
