import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ScenarioResult } from '../../../scenarios/index.ts';
import { Doubles, planDoubles, watched } from '../../../scenarios/sweep/doubles.ts';
import { taskAt } from '../../../scenarios/sweep/index.ts';
import type { RunJob } from '../../../scenarios/sweep/index.ts';
import { smallPlan } from '../run/small-plan.ts';
import { perform } from './double-task.ts';
import type { Way } from './double-task.ts';

const task = taskAt<RunJob, ScenarioResult>('./double-task', import.meta.url);
const signal = new AbortController().signal;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-doubles-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Jobs that were done once, and their doubles. */
async function runTwice(...ways: readonly Way[]) {
  const jobs = ways.map((file) => watched({ plan: smallPlan(), file, out: join(folder, file) }));
  // One process for the doubles is enough here: one more than none.
  const doubles = new Doubles({ task, workers: 0, signal });
  await doubles.make(jobs);
  for (const job of jobs) await perform(job, { signal, onProgress: () => undefined });
  return { doubles, jobs: jobs as [RunJob, RunJob, RunJob] };
}

async function left(): Promise<string[]> {
  return (await readdir(folder)).toSorted();
}

test('doubles are run the last one first, by another number of processes than their runs', () => {
  const jobs = ['first', 'second', 'third'].map((file) => {
    return { plan: smallPlan(), file, out: join(folder, file) };
  });
  const { runOf, workers } = planDoubles(jobs, 2);
  expect(workers).toBe(3);
  expect([...runOf.keys()].map(({ file }) => file)).toEqual(['third', 'second', 'first']);
  const [[double, run] = []] = runOf;
  expect(run).toBe(join(folder, 'third'));
  expect(double).toMatchObject({ out: `${run}-again`, trace: `${run}-again.trace` });
});

test('of a run and a double that are the same, the run stays', async () => {
  const { doubles, jobs } = await runTwice('same', 'unrepeatable', 'deadly');
  expect(await left()).toContain('same-again');
  expect(await doubles.compare(jobs[0])).toBeUndefined();
  expect(await doubles.compare(jobs[1])).toMatchObject({
    file: 'unrepeatable',
    code: 'CRASHED',
    reason: expect.stringMatching(/^It was done, but could not be repeated\. .*The disk is full\./),
  });
  expect(await doubles.compare(jobs[2])).toMatchObject({
    reason: 'It was done, but could not be repeated. The worker process ended with exit code 9.',
  });
  expect(await left()).toEqual(['deadly', 'same', 'unrepeatable']);
});

test('a double that differs stays, and one that nobody asks for goes', async () => {
  const { doubles, jobs } = await runTwice('chance', 'same');
  await expect(doubles.compare(jobs[0])).rejects.toMatchObject({
    code: 'NOT_DETERMINISTIC',
    message: expect.stringMatching(/First different event at the bridge, number 2:\n {2}2 0\./),
  });
  await doubles.clear();
  expect(await left()).toEqual(expect.arrayContaining(['chance', 'chance-again', 'same']));
  expect(await left()).not.toContain('same-again');
});
