import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadScenario, loadScenarios } from '../../../scenarios/reading/load-scenario.ts';
import { ScenarioError } from '../../../scenarios/scenario-error.ts';
import { RIGHT_FILE } from './wrong-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-load-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a file cannot be read', () => {
  test.each([
    ['because it is not there', 'no-such-file.yaml'],
    ['because it is not there, though it would be a program', 'no-such-file.mjs'],
    ['because it is a folder', tmpdir()],
  ])('%s', async (_, path) => {
    const failure = await loadScenario(path).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ScenarioError);
    expect(failure).toMatchObject({
      code: 'SCENARIO_NOT_FOUND',
      message: `Cannot read the scenario ${path}. Check the path; "npx stedi list" shows the scenarios that come with it.`,
      cause: expect.any(Error),
    });
  });
});

test('a YAML file holds one scenario', async () => {
  const file = join(folder, 'walk.yaml');
  await writeFile(file, RIGHT_FILE);
  expect(await loadScenarios(file)).toMatchObject([{ name: 'Four people walk' }]);
});

test('a recording that cannot be read is told with its place in the scenario', async () => {
  const file = join(folder, 'walk.yaml');
  const recorded = 'devices: { recorded: [{ file: none.stlrec, at: 1s }] }\n';
  await writeFile(file, RIGHT_FILE.replace('run:', `${recorded}run:`));
  const line = RIGHT_FILE.slice(0, RIGHT_FILE.indexOf('run:')).split('\n').length;
  await expect(loadScenario(file)).rejects.toMatchObject({
    code: 'SCENARIO_INVALID',
    problems: [{ file, line, column: 31, path: 'devices.recorded[0].file' }],
  });
});

test('a recording that cannot be read is told of a program, too', async () => {
  const file = join(folder, 'walk.mjs');
  const scenario = {
    version: 1,
    name: 'A recorded device takes part',
    world: { start: '2022-06-18T15:00:00Z', customers: 2, consent: { research: '50%' } },
    devices: { recorded: [{ file: 'none.stlrec', at: '1s' }] },
    run: { duration: '5m' },
    expect: { 'landing.lost': 0 },
  };
  await writeFile(file, `export default ${JSON.stringify(scenario)};`);
  await expect(loadScenario(file)).rejects.toMatchObject({
    problems: [{ file, path: 'devices.recorded[0].file' }],
  });
});
