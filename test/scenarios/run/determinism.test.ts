import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDeterminism, findDifference } from '../../../scenarios/run/determinism.ts';
import { ScenarioError } from '../../../scenarios/scenario-error.ts';
import { seededStreams } from '../../../simulator/index.ts';
import type { RandomStreams } from '../../../simulator/index.ts';
import { smallPlan } from './small-plan.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-determinism-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Streams that are seeded but for one, which is as unforeseeable as anything. */
function unseeded(hidden: string): RandomStreams {
  const streams = seededStreams(1);
  return (name) => (name === hidden ? { next: () => Math.random() } : streams(name));
}

function check(streams?: RandomStreams): Promise<unknown> {
  const out = join(folder, 'out');
  return checkDeterminism({ plan: smallPlan(), file: 'small.yaml', out, streams });
}

test('two runs of a plan are the same, and one of them is kept', async () => {
  expect(await check()).toMatchObject({ verdict: 'pass' });
  expect(await readdir(folder)).toEqual(['out']);
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
  ])('%s', async (_, stream, source) => {
    const failure = await check(unseeded(stream)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ScenarioError);
    expect(failure).toMatchObject({ code: 'NOT_DETERMINISTIC' });
    const [sentence, first, second, kept] = (failure as ScenarioError).message.split('\n');
    expect(sentence).toMatch(
      /^Two runs of "Three people walk and one consents on the way" with seed 1 differ\. First different event at the bridge, number \d+:$/,
    );
    for (const event of [first, second])
      expect(event).toMatch(/^ {2}\d+(\.\d+)? (memory:|stedi\/)/);
    // An event that only one run has stands beside whatever the other run has next.
    expect(`${first}\n${second}`).toMatch(new RegExp(source));
    expect(second).not.toBe(first);
    expect(kept).toBe(`Both are kept: ${join(folder, 'out')} and ${join(folder, 'out-again')}.`);
    expect((await readdir(folder)).toSorted()).toEqual(['out', 'out-again']);
  });

  test('even where the bridge sees nothing of it', async () => {
    const failure = await check(unseeded('person:2/registration')).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'NOT_DETERMINISTIC',
      message: expect.stringMatching(
        /First different line of landing\/customer_landing\/.*\n {2}\{.*\n {2}\{/,
      ),
    });
  });
});

test('a check that is stopped keeps neither run', async () => {
  const stop = new AbortController();
  let starts = 0;
  const running = checkDeterminism({
    plan: smallPlan(),
    file: 'small.yaml',
    out: join(folder, 'deep', 'out'),
    signal: stop.signal,
    onProgress: (stage) => {
      if (stage === 'verdict' && ++starts === 2) stop.abort(new Error('Stopped.'));
    },
  });
  await expect(running).rejects.toThrow(/stopped/i);
  expect(starts).toBe(2);
  expect(await readdir(join(folder, 'deep')).catch(() => [])).toEqual([]);
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
