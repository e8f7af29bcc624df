import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lintFiles, loadWritten, pipelineNamed, shrinkScenario } from '../../../scenarios/index.ts';
import type { PipelineUnderTest, Shrunk } from '../../../scenarios/index.ts';
import { mutantPipeline } from '../../../scenarios/mutants/index.ts';
import { edit } from '../../../scenarios/mutants/mutant.ts';
import { shippedPipeline } from '../../../scenarios/run/pipeline-under-test.ts';

const SCENARIO = `version: 1
name: Five people walk, two consent on the way, and one cable is bad
world:
  start: 2022-06-18T15:00:00Z
  customers: 5
  consent: { research: 100%, giveDuringRun: 2 }
devices: { phone: { clock: { skew: 3ms } } }
run: { duration: 4m }
faults:
  - { kind: duplicate, on: phones, at: 0s, rate: 25% }
expect:
  landing.lost: 0
  consent.date: 0
  attribution.precision: { min: 1 }
  counts.step_trainer_trusted: 0
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-shrunk-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function shrink(pipeline: PipelineUnderTest): Promise<Shrunk> {
  const file = join(folder, 'walk.yaml');
  await writeFile(file, SCENARIO);
  const scenario = await loadWritten(file);
  return shrinkScenario({ scenario, name: file, seed: 1, pipeline, out: join(folder, 'small') });
}

/** Strict on landing objects as a broken bridge would leave them: trainer rows of the longest distances are missing. */
function behindBrokenBridge(): PipelineUnderTest {
  const strict = shippedPipeline('strict');
  return {
    ...strict,
    run: async (task) => {
      const table = join(task.landing, 'step_trainer_landing');
      for (const name of await readdir(table, { recursive: true })) {
        if (!name.endsWith('.json')) continue;
        const text = await readFile(join(table, name), 'utf8');
        const kept = text.split('\n').filter((line) => !/"distanceFromObject":29\d/.test(line));
        await writeFile(join(table, name), kept.join('\n'));
      }
      return strict.run(task);
    },
  };
}

test('a defect of a pipeline is shown with one person, in a scenario that is right and has its landing', async () => {
  const shrunk = await shrink(pipelineNamed('classic') as PipelineUnderTest);
  expect(shrunk).toMatchObject({
    oracle: 'consent.date',
    before: { people: 5, faults: 1 },
    after: { people: 1, faults: 0 },
  });
  expect(shrunk.after.readings).toBeLessThan(5);
  expect(shrunk.story).toMatch(/^1 person, \d readings? and no fault are enough for consent\.date/);
  expect(await lintFiles([shrunk.scenario])).toMatchObject([{ problems: [] }]);
  const { scenario } = await loadWritten(shrunk.scenario);
  expect(scenario).toMatchObject({
    pipeline: 'classic',
    run: { seeds: { first: 1, last: 1 } },
    expect: { 'consent.date': 0 },
  });
  expect(await readdir(shrunk.landing)).toContain('accelerometer_landing');
}, 300_000);

test('a defect that is planted in attribution is shown with few people', async () => {
  const pipeline = mutantPipeline({
    id: 'M00',
    title: 'Everybody is taken for the first customer',
    base: 'strict',
    breaks: { table: 'step_trainer_trusted', rule: 'attribution' },
    edits: [
      edit(
        'strict/step_trainer_trusted',
        'r.phone_user AS user',
        '(SELECT min(phone_user) FROM reading_person) AS user',
      ),
    ],
  });
  const shrunk = await shrink(pipeline);
  expect(shrunk.oracle).toBe('attribution.precision');
  // One person alone is always taken for the right one.
  expect(shrunk.after.people).toBe(2);
}, 300_000);

test('readings that get lost between bridge and pipeline are shown with one of them', async () => {
  const shrunk = await shrink(behindBrokenBridge());
  expect(shrunk).toMatchObject({
    oracle: 'counts.step_trainer_trusted',
    after: { people: 1, faults: 0 },
  });
}, 300_000);

test('what passes has nothing to shrink, and says so', async () => {
  await expect(shrink(shippedPipeline('strict'))).rejects.toMatchObject({
    code: 'NOTHING_TO_SHRINK',
    message: expect.stringContaining('There is nothing to shrink.'),
  });
  expect(await readdir(folder)).toEqual(['walk.yaml']);
}, 300_000);
