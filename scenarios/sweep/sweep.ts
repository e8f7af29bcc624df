/** Many runs of one call: simulated ones in child processes, live ones in this process, one at a time. */
import { readFile, rm } from 'node:fs/promises';
import { againFolder, requireSame } from '../run/determinism.ts';
import type { RunTrack } from '../run/determinism.ts';
import type { LiveParts } from '../run/live.ts';
import type { PipelineUnderTest } from '../run/pipeline-under-test.ts';
import type { ScenarioResult } from '../run/result.ts';
import { runScenario } from '../run/run-scenario.ts';
import { removeAsides } from '../run/workspace.ts';
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
 * @throws ScenarioError NOT_DETERMINISTIC, when that is checked, with the first event, line or file that differs
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

  constructor(jobs: readonly RunJob[], options: SweepOptions) {
    const { workers = defaultWorkers(), checkDeterminism = false } = options;
    this.#jobs = checkDeterminism ? jobs.map((job) => ({ ...job, trace: traceOf(job.out) })) : jobs;
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#enough.signal]);
    this.tally = new SweepTally(jobs.length);
    this.workers = Math.min(workers, jobs.filter(isSimulated).length);
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
    const { checkDeterminism = false } = this.#options;
    const simulated = this.#jobs.filter(isSimulated);
    const atATime = checkDeterminism ? CHECKED_AT_A_TIME : Math.max(1, simulated.length);
    for (let from = 0; from < simulated.length; from += atATime) {
      const jobs = simulated.slice(from, from + atATime);
      if (checkDeterminism) await this.#rehearse(jobs);
      await this.#runSimulated(jobs);
    }
    for (const job of this.#jobs) {
      if (isSimulated(job)) continue;
      if (this.isStopped) return;
      await this.#runLive(job);
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

  /** The doubles that runs are compared with: other processes do them, in another order. */
  async #rehearse(jobs: readonly RunJob[]): Promise<void> {
    const doubles = jobs.toReversed().map((job) => doubleOf(job));
    const { execArgv } = this.#options;
    const workers = this.workers + 1;
    const outcomes = runJobs(doubles, {
      task: RUN_TASK,
      workers,
      signal: this.#signal,
      execArgv,
    });
    // What a double could not do, the run itself will not do either, and tell.
    for await (const _ of outcomes) continue;
  }

  async #compare(job: RunJob): Promise<void> {
    const double = doubleOf(job);
    const tracks = [await readTrack(double), await readTrack(job)] as const;
    await requireSame(job.plan, tracks);
    await rm(double.out, { recursive: true, force: true });
    for (const { trace } of [double, job])
      if (trace !== undefined) await rm(trace, { force: true });
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
    const index = this.#places.get(job) as number;
    const ms = 'ms' in outcome ? outcome.ms : 0;
    if (outcome.status === 'done') {
      if (job.trace !== undefined) await this.#compare(job);
      this.tally.add(index, outcome.value, { ms, isFirst: this.#firstOf.has(job) });
      await this.#tidyUp(job, outcome.value);
      this.#options.onEvent?.({ kind: 'ended', job, result: outcome.value, ms });
    } else {
      if (outcome.status === 'crashed') await removeAsides(job.out);
      this.tally.addNotRun(index, describeNotRun(outcome));
      this.#options.onEvent?.({ kind: 'ended', job, ms });
    }
    if (this.#options.untilFailure === true && this.tally.failures > 0) this.#enough.abort();
  }

  /** A sweep of a thousand seeds would fill the disk with runs in which there is nothing to see. */
  async #tidyUp(job: RunJob, { verdict }: ScenarioResult): Promise<void> {
    if (this.#options.keepAll === true || verdict === 'fail' || this.#firstOf.has(job)) return;
    await rm(job.out, { recursive: true, force: true });
  }
}

function traceOf(out: string): string {
  return `${out}.trace`;
}

function doubleOf(job: RunJob): RunJob {
  const out = againFolder(job.out);
  return { ...job, out, trace: traceOf(out) };
}

async function readTrack({ out, trace }: RunJob): Promise<RunTrack> {
  const text = trace === undefined ? '' : await readFile(trace, 'utf8').catch(() => '');
  return { folder: out, trace: text.split('\n') };
}

function isSimulated({ plan }: RunJob): boolean {
  return plan.mode === 'sim';
}
