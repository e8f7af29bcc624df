import { createRequire } from 'node:module';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runSweep } from '../../../scenarios/sweep/index.ts';
import type { RunJob, SweepEvent, SweepOptions } from '../../../scenarios/sweep/index.ts';
import { smallPlan } from '../run/small-plan.ts';

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-sweep-'));
});
afterEach(() => rm(folder, { recursive: true }));

function jobs(...seeds: readonly number[]): RunJob[] {
  return seeds.map((seed) => ({
    plan: smallPlan(seed),
    file: 'small.yaml',
    out: join(folder, `seed${seed}`),
  }));
}

/** A job that must fail: not a row may be there. */
function hopeless(seed: number): RunJob[] {
  return jobs(seed).map(({ plan, ...job }) => ({
    ...job,
    plan: { ...plan, expectations: [{ oracle: 'attribution.precision', limit: { min: 2 } }] },
  }));
}

function sweep(runs: readonly RunJob[], options: Partial<SweepOptions> = {}) {
  return runSweep(runs, { signal: new AbortController().signal, workers: 1, ...options });
}

async function left(): Promise<string[]> {
  return (await readdir(folder)).toSorted();
}

test('a sweep runs seed after seed until one fails, and leaves the folders of the first and of what failed', async () => {
  const events: SweepEvent[] = [];
  const { tally, isStopped } = await sweep([...jobs(1, 2), ...hopeless(3), ...jobs(4, 5)], {
    untilFailure: true,
    onEvent: (event) => events.push(event),
  });
  expect(isStopped).toBe(true);
  expect(tally.results.map(({ seed, verdict }) => [seed, verdict])).toEqual([
    [1, 'pass'],
    [2, 'pass'],
    [3, 'fail'],
  ]);
  expect(tally.summary(isStopped)).toMatchObject({ planned: 5, done: 3, failed: 1, stopped: true });
  expect(await left()).toEqual(['seed1', 'seed3']);
  const onDisk: unknown = JSON.parse(await readFile(join(folder, 'seed1', 'result.json'), 'utf8'));
  expect(onDisk).toEqual(tally.results[0]);
  const seedsOf = (kind: SweepEvent['kind']): number[] =>
    events.filter((event) => event.kind === kind).map(({ job }) => job.plan.seed);
  expect(seedsOf('ended')).toEqual([1, 2, 3]);
  expect(seedsOf('begun')).toEqual(expect.arrayContaining([1, 2, 3]));
});

test('a run that cannot be done is told', async () => {
  const bad = jobs(1).map((job) => ({ ...job, out: '/dev/null/nowhere' }));
  const { tally, isStopped } = await sweep(bad);
  expect(isStopped).toBe(false);
  expect(tally.notRun).toMatchObject([
    {
      file: 'small.yaml',
      seed: 1,
      code: 'OUTPUT_UNWRITABLE',
      reason: expect.stringMatching(/--out/),
    },
  ]);
});

test('a draw without a seed is found out, and both runs stay', async () => {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const planted = new URL('./planted-chance.ts', import.meta.url).href;
  const checking = sweep(jobs(1), {
    checkDeterminism: true,
    execArgv: ['--import', loader, '--import', planted],
  });
  await expect(checking).rejects.toMatchObject({
    code: 'NOT_DETERMINISTIC',
    message: expect.stringMatching(
      /seed 1 differ\. First different event at the bridge, number \d+:\n {2}\d+ stedi\/v1\/phones\/phone-000002/,
    ),
  });
  expect(await left()).toEqual(expect.arrayContaining(['seed1', 'seed1-again']));
});
