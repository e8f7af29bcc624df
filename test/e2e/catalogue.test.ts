/**
 * What is promised about classic: it fails exactly what it should, where strict passes. That strict passes the whole
 * catalogue is what `stedi run --all` says, and which scenario finds which wrong pipeline is what `stedi mutants` says.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadCatalogue, makePlan, runScenario } from '../../scenarios/index.ts';
import type { NamedScenario, ScenarioResult } from '../../scenarios/index.ts';

/** The oracles that find the classic policy out, scenario by scenario. */
const CLASSIC_FAILS: Readonly<Record<string, readonly string[]>> = {
  'phone-sends-twice': [
    'counts.accelerometer_trusted',
    'counts.machine_learning_curated',
    'zones.duplicates',
  ],
  // Every count is right, nobody is there who does not share, and it is wrong all the same.
  'published-shape': ['privacy.personalData', 'consent.date', 'ml.pairing'],
  'thirty-serials-for-everybody': [
    'counts.machine_learning_curated',
    'privacy.leaks',
    'attribution.precision',
    'attribution.recall',
    'ml.pairing',
    'ml.joinYield',
    'zones.duplicates',
  ],
};

// The largest world takes ten seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-catalogue-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const promised = (await loadCatalogue()).filter(({ file }) => Object.hasOwn(CLASSIC_FAILS, file));

async function run({ file, scenario }: NamedScenario, pipeline: 'strict' | 'classic') {
  const plan = makePlan(scenario, { pipeline, mode: 'sim' });
  const out = join(folder, `${file}-${pipeline}`);
  const result = await runScenario({ plan, file, out });
  await rm(out, { recursive: true });
  return result;
}

function failures({ oracles }: ScenarioResult): string[] {
  return oracles.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
}

/** What holds for every run, whatever its verdict. */
function expectWhole({ ledger, oracles }: ScenarioResult): void {
  const { emitted, bins } = ledger;
  expect(Object.values(bins).reduce((sum, count) => sum + count, 0)).toBe(emitted);
  expect(oracles.filter(({ chances }) => chances === 0)).toEqual([]);
  expect(
    oracles.filter(
      ({ sentence }) => !/\d.*\.$/.test(sentence) && !sentence.startsWith('No column'),
    ),
  ).toEqual([]);
}

test('every scenario of the table is in the catalogue', () => {
  expect(promised.map(({ file }) => file)).toEqual(Object.keys(CLASSIC_FAILS));
});

/** Worlds of hundreds of people are for `stedi run --all`, where strict has to pass as well. */
const PEOPLE_MAX = 300;

describe.each(promised.map((named) => [named.file, named] as const))('%s', (file, named) => {
  const isSmall = named.scenario.world.customers <= PEOPLE_MAX;
  test.runIf(isSmall)('strict passes, and nothing went wrong on the way', async () => {
    const result = await run(named, 'strict');
    expectWhole(result);
    expect(failures(result)).toEqual([]);
    const { lost, wronglyKept, duplicated } = result.ledger.bins;
    expect({ lost, wronglyKept, duplicated }).toEqual({ lost: 0, wronglyKept: 0, duplicated: 0 });
  });

  test('classic fails exactly the oracles that it should', async () => {
    const result = await run(named, 'classic');
    expectWhole(result);
    expect(failures(result)).toEqual(CLASSIC_FAILS[file]);
    expect(result.verdict).toBe('fail');
  });
});
