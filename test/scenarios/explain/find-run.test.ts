import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRun } from '../../../scenarios/explain/find-run.ts';
import { NO_EXHIBITS } from '../../../scenarios/exhibits/exhibits.ts';

let runs: string;
beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), 'stedi-runs-'));
});
afterEach(() => rm(runs, { recursive: true }));

async function leave(name: string, result: object = { exhibits: NO_EXHIBITS }): Promise<string> {
  const folder = join(runs, name);
  await mkdir(folder);
  await writeFile(join(folder, 'plan.json'), '{"seed":1}');
  await writeFile(join(folder, 'result.json'), JSON.stringify(result));
  return folder;
}

test.each(['walk-strict-sim-seed1', 'walk', 'walk-strict-sim'])(
  'finds a run by %s',
  async (name) => {
    const folder = await leave('walk-strict-sim-seed1');
    expect(await findRun(name, runs)).toMatchObject({ folder, plan: { seed: 1 } });
  },
);

test('finds a run by its path, wherever it is', async () => {
  const folder = await leave('walk-strict-sim-seed1');
  expect((await findRun(folder, join(runs, 'elsewhere'))).folder).toBe(folder);
});

test('does not choose among several', async () => {
  await leave('walk-strict-sim-seed1');
  await leave('walk-strict-sim-seed2');
  await expect(findRun('walk', runs)).rejects.toMatchObject({
    code: 'RUN_NOT_FOUND',
    message: expect.stringContaining('walk-strict-sim-seed1, walk-strict-sim-seed2') as string,
  });
});

test('knows the run that is meant, and those that there are', async () => {
  await leave('walk-strict-sim-seed1');
  await expect(findRun('wakl-strict-sim-seed1', runs)).rejects.toThrow(
    'Did you mean "walk-strict-sim-seed1"?',
  );
  await expect(findRun('something-else', runs)).rejects.toThrow('There are walk-strict-sim-seed1.');
});

test('says how to make a run where there is none', async () => {
  await expect(findRun('walk', runs)).rejects.toThrow('Make one with "npx stedi run"');
});

test('a run of an older version is told as such, with the command that makes it again', async () => {
  await leave('walk-strict-sim-seed1', { repro: 'npx stedi run walk --seed 1' });
  await expect(findRun('walk', runs)).rejects.toMatchObject({
    code: 'RUN_STALE',
    message: expect.stringContaining('npx stedi run walk --seed 1') as string,
  });
});

test('a result that is no JSON is told with its path', async () => {
  const folder = await leave('walk-strict-sim-seed1');
  await writeFile(join(folder, 'result.json'), '{');
  await expect(findRun('walk', runs)).rejects.toThrow('result.json cannot be read');
});
