/** The doubles of a sweep that checks determinism: every run once more, by other processes and in another order. */
import { readFile, rm } from 'node:fs/promises';
import { againFolder, requireSame } from '../run/determinism.ts';
import type { RunTrack } from '../run/determinism.ts';
import type { NotRun, ScenarioResult } from '../run/result.ts';
import { removeAsides } from '../run/workspace.ts';
import type { Task } from './job.ts';
import { describeNotRun } from './not-run.ts';
import { runJobs } from './run-jobs.ts';
import type { RunJob } from './run-task.ts';

/** How doubles are run. */
export interface DoublesOptions {
  readonly task: Task<RunJob, ScenarioResult>;
  /** Child processes of the runs themselves: their doubles have one more. */
  readonly workers: number;
  readonly signal: AbortSignal;
  /** More options of Node for the workers. */
  readonly execArgv?: readonly string[] | undefined;
}

/** The same job, with a file for what comes to its bridge: what can be compared. */
export function watched(job: RunJob): RunJob {
  return { ...job, trace: `${job.out}.trace` };
}

/** How doubles are run: unlike their runs, so that whatever depends on order or on neighbours shows. */
export interface DoublesPlan {
  /** Each with the folder of the run whose double it is, in the order in which they are run: the last one first. */
  readonly runOf: ReadonlyMap<RunJob, string>;
  /** Child processes: not as many as the runs have. */
  readonly workers: number;
}

/** Plans the doubles of jobs that so many workers do. */
export function planDoubles(jobs: readonly RunJob[], workers: number): DoublesPlan {
  const runOf = new Map<RunJob, string>();
  for (const job of jobs.toReversed()) {
    runOf.set(watched({ ...job, out: againFolder(job.out) }), job.out);
  }
  return { runOf, workers: workers + 1 };
}

/** The doubles of some runs, on disk until they were compared with their runs. */
export class Doubles {
  readonly #options: DoublesOptions;
  /** By the folder of the run whose double it is. */
  readonly #waiting = new Map<string, RunJob>();
  readonly #notRun = new Map<string, NotRun>();

  constructor(options: DoublesOptions) {
    this.#options = options;
  }

  /** Runs the doubles of jobs. */
  async make(jobs: readonly RunJob[]): Promise<void> {
    const { runOf, workers } = planDoubles(jobs, this.#options.workers);
    for (const [double, run] of runOf) this.#waiting.set(run, double);
    for await (const outcome of runJobs(runOf.keys(), { ...this.#options, workers })) {
      const run = runOf.get(outcome.job) as string;
      if (outcome.status === 'crashed') await removeAsides(outcome.job.out);
      if (outcome.status === 'failed' || outcome.status === 'crashed') {
        this.#notRun.set(run, describeNotRun(outcome));
      }
    }
  }

  /**
   * Compares a run with its double, and leaves of both the folder of the run alone. Gives why there is nothing to compare
   * it with, if its double could not be done.
   *
   * @throws ScenarioError NOT_DETERMINISTIC with the first event, line, file or row that differs; then everything stays
   */
  async compare(job: RunJob): Promise<NotRun | undefined> {
    const double = this.#waiting.get(job.out) as RunJob;
    const notRun = this.#notRun.get(job.out);
    this.#waiting.delete(job.out);
    if (notRun === undefined) {
      await requireSame(job.plan, [await readTrack(double), await readTrack(job)]);
    }
    await removeRun(double);
    await removeTrace(job);
    const reason = `It was done, but could not be repeated. ${notRun?.reason}`;
    return notRun && { ...notRun, reason };
  }

  /** Removes what was not compared with anything. */
  async clear(): Promise<void> {
    for (const double of this.#waiting.values()) await removeRun(double);
    this.#waiting.clear();
  }
}

async function readTrack({ out, trace }: RunJob): Promise<RunTrack> {
  const text = trace === undefined ? '' : await readFile(trace, 'utf8').catch(() => '');
  return { folder: out, trace: text.split('\n') };
}

async function removeRun(job: RunJob): Promise<void> {
  await rm(job.out, { recursive: true, force: true });
  await removeTrace(job);
}

async function removeTrace({ trace }: RunJob): Promise<void> {
  if (trace !== undefined) await rm(trace, { force: true });
}
