import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BINS } from '../../../scenarios/evidence/bins.ts';
import { runScenario } from '../../../scenarios/run/run-scenario.ts';
import type { ScenarioResult } from '../../../scenarios/run/result.ts';
import { smallPlan } from './small-plan.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, 'out', name), 'utf8'));
}

test('a run leaves its plan, what landed, the zones, the ledger and its result', async () => {
  const plan = smallPlan();
  const result = await runScenario({ plan, file: 'small.yaml', out: join(folder, 'out') });
  expect(result).toMatchObject({
    name: 'Three people walk and one consents on the way',
    file: 'small.yaml',
    seed: 1,
    mode: 'sim',
    pipeline: 'strict',
    verdict: 'pass',
    repro: 'npx stedi run small.yaml --seed 1 --mode sim --pipeline strict',
  });
  expect(await readdir(folder)).toEqual(['out']);
  expect((await readdir(join(folder, 'out'))).toSorted()).toEqual([
    'landing',
    'ledger.ndjson',
    'plan.json',
    'result.json',
    'zones',
  ]);
  expect(await readJson('plan.json')).toEqual(plan);
  expect(await readJson('result.json')).toEqual(result);
  const ledger = (await readFile(join(folder, 'out', 'ledger.ndjson'), 'utf8'))
    .trimEnd()
    .split('\n');
  expect(ledger).toHaveLength(result.ledger.emitted);
  expectBinsOf(ledger, result);
});

function expectBinsOf(ledger: readonly string[], { ledger: { bins } }: ScenarioResult): void {
  const counted = Object.fromEntries(BINS.map((bin) => [bin, 0]));
  for (const line of ledger) {
    const { bin } = JSON.parse(line) as { readonly bin: string };
    counted[bin] = (counted[bin] ?? 0) + 1;
  }
  expect(counted).toEqual(bins);
}

test('the stages are told in their order', async () => {
  const stages: string[] = [];
  await runScenario({
    plan: smallPlan(),
    file: 'small.yaml',
    out: join(folder, 'out'),
    onProgress: (stage, share) => {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      if (stages.at(-1) !== stage) stages.push(stage);
    },
  });
  // Devices tell how far they are every 20,000 actions, which is more than this world has.
  expect(stages.filter((stage) => stage !== 'devices')).toEqual([
    'zones',
    'verdict',
    'zones again',
    'verdict',
  ]);
});

test('the replay command quotes a file name that a shell would take apart', async () => {
  const file = "it's mine.yaml";
  const { repro } = await runScenario({ plan: smallPlan(7), file, out: join(folder, 'out') });
  expect(repro).toBe(
    String.raw`npx stedi run 'it'\''s mine.yaml' --seed 7 --mode sim --pipeline strict`,
  );
});

describe('a run that is stopped leaves what an earlier one left', () => {
  test.each(['devices', 'zones', 'verdict', 'zones again'] as const)('during %s', async (at) => {
    const out = join(folder, 'out');
    await mkdir(out);
    await writeFile(join(out, 'result.json'), 'the result of an earlier run');
    const stop = new AbortController();
    // The stop comes with the first progress of the stage; devices tell none in a world this small.
    if (at === 'devices') stop.abort(new Error('Stopped.'));
    const running = runScenario({
      plan: smallPlan(),
      file: 'small.yaml',
      out,
      signal: stop.signal,
      onProgress: (stage) => {
        if (stage === at) stop.abort(new Error('Stopped.'));
      },
    });
    await expect(running).rejects.toThrow(/stopped/i);
    expect(await readdir(folder)).toEqual(['out']);
    expect(await readFile(join(out, 'result.json'), 'utf8')).toBe('the result of an earlier run');
  });
});
