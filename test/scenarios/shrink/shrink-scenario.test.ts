import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lintFiles, loadWritten, shrinkScenario } from '../../../scenarios/index.ts';
import type {
  PipelineUnderTest,
  ShrinkOptions,
  ShrinkProgress,
  Shrunk,
} from '../../../scenarios/index.ts';
import { mutantPipeline } from '../../../scenarios/mutants/index.ts';
import { edit } from '../../../scenarios/mutants/mutant.ts';
import { shippedPipeline } from '../../../scenarios/run/pipeline-under-test.ts';
import { Probe } from '../../../scenarios/shrink/probe.ts';
import { listAt, valueAt, withValue } from '../../../scenarios/shrink/written-edits.ts';
import type { Written } from '../../../scenarios/shrink/written-edits.ts';
import { breakBridge, runOnce } from './broken-bridge.ts';

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
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-shrunk-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function shrink(
  expected: string,
  pipeline: PipelineUnderTest,
  options: Partial<ShrinkOptions> = {},
): Promise<Shrunk> {
  const file = join(folder, 'walk.yaml');
  await writeFile(file, `${SCENARIO}  ${expected}\n`);
  const scenario = await loadWritten(file);
  const out = join(folder, 'small');
  return shrinkScenario({ scenario, name: file, seed: 1, pipeline, out, ...options });
}

test('a defect that is planted in attribution is shown with two people', async () => {
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
  const shrunk = await shrink('attribution.precision: { min: 1 }', pipeline, { runsMax: 8 });
  expect(shrunk.oracle).toBe('attribution.precision');
  // One person alone is always taken for the right one.
  expect(shrunk.after.people).toBe(2);

  const { path, written } = await loadWritten(shrunk.scenario);
  const findWith = (sound: PipelineUnderTest): Promise<Written | undefined> =>
    new Probe({ path, seed: 1, pipeline, sound, scratch: folder }, shrunk.oracle, 1).find([
      written,
    ]);
  expect(await findWith(shippedPipeline('strict'))).toBe(written);
  // What a sound pipeline fails as well is another failure.
  expect(await findWith(pipeline)).toBeUndefined();
}, 120_000);

describe('a bridge that loses some readings', () => {
  let pipeline: PipelineUnderTest;
  beforeEach(() => {
    pipeline = runOnce(join(folder, 'zones'));
  });

  function shrinkBroken(options: Partial<ShrinkOptions> = {}): Promise<Shrunk> {
    breakBridge();
    return shrink('landing.lost: 0', pipeline, options);
  }

  /** What is left without one person, device, step, fault, or key more. */
  function removals(written: Written): Written[] {
    const only = ['world', 'only'];
    const people = valueAt(written, [...only, 'people']) as number[];
    return [
      ...people.map((person) =>
        withValue(
          written,
          [...only, 'people'],
          people.filter((other) => other !== person),
        ),
      ),
      withValue(written, [...only, 'trainers'], []),
      ...listAt(written, ['faults']).map(() => withValue(written, ['faults'], undefined)),
      withValue(written, ['devices'], undefined),
      withValue(written, ['world', 'consent', 'giveDuringRun'], undefined),
    ].filter((less) => JSON.stringify(less) !== JSON.stringify(written));
  }

  test('is shown with one of them, and every single further removal passes', async () => {
    const seen: ShrinkProgress[] = [];
    const shrunk = await shrinkBroken({ onProgress: (at) => seen.push(at) });
    const whole = { people: 5, faults: 1, durationMs: 240_000 };
    expect(seen[0]).toEqual({ phase: 'whole run', runs: 0, ...whole });
    expect(seen.at(-1)).toMatchObject({ phase: 'proof', people: 1, runs: shrunk.runs });
    expect(shrunk).toMatchObject({
      oracle: 'landing.lost',
      end: 'smallest',
      before: { people: 5, faults: 1 },
      after: { people: 1, faults: 0 },
    });
    expect(shrunk.story).toMatch(
      /^1 person, \d readings? and no fault are enough for landing\.lost/,
    );
    expect(await lintFiles([shrunk.scenario])).toMatchObject([{ problems: [] }]);
    const { path, written } = await loadWritten(shrunk.scenario);
    expect(valueAt(written, ['world', 'only', 'steps'])).toMatch(/^(\d+)\.\.\1$/);
    const probing = { path, seed: 1, pipeline, scratch: folder };
    const probe = new Probe(probing, 'landing.lost', 50);
    expect(await probe.find(removals(written))).toBeUndefined();
    expect(probe.runs).toBeGreaterThan(1);
    // The scenario itself does fail.
    expect(await probe.find([written])).toBe(written);
  }, 120_000);

  test('leaves nothing behind when it is stopped before anything was left out', async () => {
    const stop = new AbortController();
    const stopped = shrinkBroken({
      signal: stop.signal,
      onProgress: ({ phase }) => {
        if (phase === 'people') stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(folder)).not.toContain('small');
  }, 120_000);
});

test('what passes has nothing to shrink, and says so', async () => {
  await expect(shrink('landing.lost: 0', runOnce(join(folder, 'zones')))).rejects.toMatchObject({
    code: 'NOTHING_TO_SHRINK',
    message: expect.stringContaining('There is nothing to shrink.'),
  });
  expect(await readdir(folder)).not.toContain('small');
}, 120_000);
