import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePlan } from '../../../scenarios/planning/plan.ts';
import type { Plan } from '../../../scenarios/planning/plan.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import { findDifference, requireSame } from '../../../scenarios/run/determinism.ts';
import type { RunTrack } from '../../../scenarios/run/determinism.ts';
import { stageRun } from '../../../scenarios/run/stage-run.ts';
import { ScenarioError } from '../../../scenarios/scenario-error.ts';
import { seededStreams } from '../../../simulator/index.ts';
import { SMALL_SCENARIO } from './small-plan.ts';

const DIRT = 'landing: [{ kind: cut, table: accelerometer_landing, rate: 100% }]\n';
const plan: Plan = makePlan(parseScenario(SMALL_SCENARIO + DIRT, 'small.yaml'), { seed: 1 });

let folder: string;
let seeded: RunTrack;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-determinism-'));
  seeded = await stage('seeded');
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the devices and the bridge. One stream may be without a seed, as unforeseeable as anything. */
async function stage(name: string, unseeded?: string): Promise<RunTrack> {
  const run = join(folder, name);
  await mkdir(join(run, 'landing'), { recursive: true });
  const streams = seededStreams(plan.seed);
  const trace: string[] = [];
  await stageRun({
    plan,
    landing: join(run, 'landing'),
    onTrace: (line) => trace.push(line),
    streams: (stream) => (stream === unseeded ? { next: () => Math.random() } : streams(stream)),
  });
  return { folder: run, trace };
}

async function failureOf(track: RunTrack): Promise<ScenarioError> {
  const failure = await requireSame(plan, [seeded, track]).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ScenarioError);
  expect(failure).toMatchObject({ code: 'NOT_DETERMINISTIC' });
  return failure as ScenarioError;
}

test('two runs of a plan are the same', async () => {
  expect(seeded.trace.length).toBeGreaterThan(100);
  await expect(requireSame(plan, [seeded, await stage('again')])).resolves.toBeUndefined();
});

describe('one stream without a seed is found out', () => {
  test.each([
    ['where chunks of serial bytes end', 'station:0/chunks', 'memory:ttySTEDI0'],
    [
      'how somebody moves',
      'person:0/session:0/motion',
      'memory:ttySTEDI0|stedi/v1/phones/phone-000000',
    ],
    ['who somebody is', 'person:2/identity', 'stedi/v1/phones/phone-000002/accelerometer'],
    ['which messages come twice', 'phone:1/faults/duplicate', 'stedi/v1/phones/'],
  ])('%s', async (what, stream, source) => {
    const track = await stage(what, stream);
    const [sentence, first, second, kept] = (await failureOf(track)).message.split('\n');
    expect(sentence).toMatch(
      /^Two runs of "Three people walk and one consents on the way" with seed 1 differ\. First different event at the bridge, number \d+:$/,
    );
    for (const event of [first, second])
      expect(event).toMatch(/^ {2}…?(\d+(\.\d+)? (memory:|stedi\/)|.{9})/);
    // An event that only one run has stands beside whatever the other run has next.
    expect(`${first}\n${second}`).toMatch(new RegExp(source));
    expect(second).not.toBe(first);
    expect(kept).toBe(`Both are kept: ${track.folder} and ${seeded.folder}.`);
  });

  test.each([
    ['even where the bridge sees nothing of it', 'person:2/registration', 'customer_landing'],
    ['behind the bridge, where objects are cut', 'landing/dirt:0/cut', 'accelerometer_landing'],
  ])('%s', async (what, stream, table) => {
    const { message } = await failureOf(await stage(what, stream));
    expect(message).toMatch(
      new RegExp(`First different line of landing/${table}/.*\n {2}.+\n {2}.+\nBoth are kept`),
    );
  });
});

describe('the first difference of two lists', () => {
  test.each([
    [['a', 'b'], ['a', 'b'], undefined],
    [[], [], undefined],
    [['a', 'b', 'c'], ['a', 'x', 'y'], 'First different line, number 2:\n  b\n  x'],
    [['a'], ['a', 'b'], 'First different line, number 2:\n  (nothing)\n  b'],
    [['a', 'b'], ['a'], 'First different line, number 2:\n  b\n  (nothing)'],
  ])('%j and %j', (first, second, difference) => {
    expect(findDifference('line', first, second)).toBe(difference);
  });
});
