import { availableParallelism } from 'node:os';
import type { JobEvent, JobOutcome, Task } from './job.ts';
import { WorkerProcess, workerExecArgv } from './worker-process.ts';

/** How jobs are run. */
export interface RunJobsOptions<Input, Output> {
  readonly task: Task<Input, Output>;
  /** Child processes, each of which does one job at a time; without it, one per core. */
  readonly workers?: number | undefined;
  /** Stops what runs and begins nothing more. Jobs that were not begun have no outcome. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: JobEvent<Input>) => void) | undefined;
  /** More options of Node for the workers. */
  readonly execArgv?: readonly string[] | undefined;
}

/** How many workers there are if nobody says so: one per core. */
export function defaultWorkers(): number {
  return availableParallelism();
}

/**
 * Runs jobs in child processes and gives their outcomes in the order in which they end. Jobs are taken from the
 * iterable one by one, when a worker is free. Never throws: a job that fails, or whose worker crashes, is an outcome,
 * and another worker goes on with the rest. Whoever stops iterating stops the jobs.
 */
export async function* runJobs<Input, Output>(
  jobs: Iterable<Input>,
  options: RunJobsOptions<Input, Output>,
): AsyncGenerator<JobOutcome<Input, Output>, void, undefined> {
  const crew = new Crew(jobs, options);
  try {
    for (;;) {
      const outcome = await crew.next();
      if (outcome === undefined) return;
      yield outcome;
    }
  } finally {
    await crew.dismiss();
  }
}

/** The workers of one call, and the outcomes that were not fetched yet. */
class Crew<Input, Output> {
  readonly #options: RunJobsOptions<Input, Output>;
  readonly #jobs: Iterator<Input>;
  readonly #outcomes: JobOutcome<Input, Output>[] = [];
  readonly #busy = new Set<WorkerProcess>();
  readonly #working: Promise<void>[];
  #open: number;
  #isStopped = false;
  #wake: (() => void) | undefined;

  constructor(jobs: Iterable<Input>, options: RunJobsOptions<Input, Output>) {
    this.#options = options;
    this.#jobs = jobs[Symbol.iterator]();
    const { workers = defaultWorkers(), signal } = options;
    if (signal?.aborted) this.#isStopped = true;
    signal?.addEventListener('abort', this.#stop);
    this.#open = workers;
    this.#working = Array.from({ length: workers }, (_, worker) => this.#work(worker));
  }

  /** The next outcome; `undefined` when all jobs have theirs. */
  async next(): Promise<JobOutcome<Input, Output> | undefined> {
    while (this.#outcomes.length === 0 && this.#open > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#outcomes.shift();
  }

  /** Stops what still runs, and waits for the end of all workers. */
  async dismiss(): Promise<void> {
    this.#stop();
    this.#options.signal?.removeEventListener('abort', this.#stop);
    await Promise.all(this.#working);
  }

  readonly #stop = (): void => {
    this.#isStopped = true;
    for (const worker of this.#busy) worker.stop();
  };

  /** One place in the crew: a process after the other, if one does not last. */
  async #work(number: number): Promise<void> {
    let process: WorkerProcess | undefined;
    while (!this.#isStopped) {
      const next = this.#jobs.next();
      if (next.done === true) break;
      if (process?.isFit !== true) {
        await process?.close();
        const { execArgv = [] } = this.#options;
        process = new WorkerProcess([...workerExecArgv(), ...execArgv]);
      }
      this.#outcomes.push(await this.#perform(process, next.value, number));
      this.#wake?.();
    }
    await process?.close();
    this.#open--;
    this.#wake?.();
  }

  async #perform(
    process: WorkerProcess,
    job: Input,
    worker: number,
  ): Promise<JobOutcome<Input, Output>> {
    const { task, onEvent } = this.#options;
    onEvent?.({ kind: 'started', job, worker });
    this.#busy.add(process);
    const outcome = await process.perform(
      { kind: 'begin', module: task.module, input: job },
      (stage, share) => onEvent?.({ kind: 'progress', job, worker, stage, share }),
    );
    this.#busy.delete(process);
    // What ended although it was told to stop, ended by itself just before.
    if (this.#isStopped && outcome.status !== 'done') return { status: 'stopped', job };
    return outcome.status === 'done'
      ? { ...outcome, job, value: outcome.value as Output }
      : { ...outcome, job };
  }
}
