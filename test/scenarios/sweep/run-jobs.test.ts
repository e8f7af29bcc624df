import { describe, expect, test } from 'vitest';
import { runJobs, taskAt } from '../../../scenarios/sweep/index.ts';
import type { JobEvent, JobOutcome, RunJobsOptions } from '../../../scenarios/sweep/index.ts';
import type { SampleJob, SampleOutput } from './sample-task.ts';

const task = taskAt<SampleJob, SampleOutput>('./sample-task', import.meta.url);
type Outcome = JobOutcome<SampleJob, SampleOutput>;

async function runAll(
  jobs: Iterable<SampleJob>,
  options: Partial<RunJobsOptions<SampleJob, SampleOutput>> = {},
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of runJobs(jobs, { task, workers: 2, ...options })) {
    outcomes.push(outcome);
  }
  return outcomes.toSorted((left, right) => left.job.number - right.job.number);
}

function jobs(...ways: readonly SampleJob['way'][]): SampleJob[] {
  return ways.map((way, number) => ({ number, way }));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('jobs in child processes', () => {
  test('each has its outcome, a process does many, and none outlives the call', async () => {
    const outcomes = await runAll(jobs(...Array.from({ length: 7 }, () => undefined)));
    expect(outcomes).toMatchObject(
      Array.from({ length: 7 }, (_, number) => ({ status: 'done', value: { number } })),
    );
    const pids = new Set(
      outcomes.map((outcome) => (outcome.status === 'done' ? outcome.value.pid : 0)),
    );
    expect(pids.size).toBeGreaterThan(0);
    expect(pids.size).toBeLessThanOrEqual(2);
    expect(pids).not.toContain(process.pid);
    expect([...pids].filter(isAlive)).toEqual([]);
  });

  test('a job that throws costs itself, and tells the class, code and message', async () => {
    expect(await runAll(jobs(undefined, 'fail', undefined))).toMatchObject([
      { status: 'done' },
      {
        status: 'failed',
        failure: { name: 'SampleError', code: 'SAMPLE', message: 'Job 1 cannot be done.' },
      },
      { status: 'done' },
    ]);
  });

  test('a process that ends or is killed costs its job, with the reason', async () => {
    const outcomes = await runAll(jobs('crash', undefined, 'kill', undefined), { workers: 1 });
    expect(outcomes).toMatchObject([
      {
        status: 'crashed',
        reason: 'The worker process ended with exit code 9. Its last words: Out of ideas.',
      },
      { status: 'done', value: { number: 1 } },
      { status: 'crashed', reason: expect.stringContaining('SIGKILL') },
      { status: 'done', value: { number: 3 } },
    ]);
  });

  test('jobs are taken when a worker is free, not before', async () => {
    let taken = 0;
    function* endless(): Generator<SampleJob> {
      for (;;) yield { number: taken++ };
    }
    for await (const outcome of runJobs(endless(), { task, workers: 1 })) {
      expect(taken).toBeLessThanOrEqual(outcome.job.number + 2);
      if (outcome.job.number === 2) break;
    }
    expect(taken).toBeLessThanOrEqual(5);
  });

  test('a signal stops what runs, and begins nothing more', async () => {
    const stop = new AbortController();
    const events: JobEvent<SampleJob>[] = [];
    const outcomes = await runAll(jobs('never', 'never', undefined), {
      signal: stop.signal,
      onEvent: (event) => {
        events.push(event);
        if (events.filter(({ kind }) => kind === 'progress').length === 2) stop.abort();
      },
    });
    expect(outcomes).toEqual([
      { status: 'stopped', job: { number: 0, way: 'never' } },
      { status: 'stopped', job: { number: 1, way: 'never' } },
    ]);
  });

  test('a signal that is raised already begins nothing at all', async () => {
    expect(await runAll(jobs(undefined), { signal: AbortSignal.abort() })).toEqual([]);
  });
});
