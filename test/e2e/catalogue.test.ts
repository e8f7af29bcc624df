/** The catalogue as a table: strict passes all of it, classic fails exactly what it should. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadCatalogue, makePlan, runScenario } from '../../scenarios/index.ts';
import type { NamedScenario, ScenarioResult } from '../../scenarios/index.ts';

/** The oracles that find the classic policy out, scenario by scenario. Of live scenarios it is the plan that counts. */
const CLASSIC_FAILS: Readonly<Record<string, readonly string[]>> = {
  'broker-restarts': ['privacy.leaks', 'attribution.precision', 'ml.joinYield', 'zones.duplicates'],
  'brown-out-mid-line': ['privacy.leaks', 'attribution.precision', 'ml.pairing'],
  'consent-given-late': ['consent.date'],
  'consent-withdrawn-mid-walk': [
    'counts.customer_trusted',
    'counts.accelerometer_trusted',
    'counts.step_trainer_trusted',
    'privacy.leaks',
    'consent.withdrawal',
    'ml.pairing',
  ],
  'counters-wrap': ['privacy.leaks', 'attribution.precision', 'attribution.recall'],
  'device-swapped-on-the-same-port': ['attribution.precision', 'attribution.recall'],
  'garbled-serial-line': [
    'privacy.leaks',
    'attribution.precision',
    'attribution.recall',
    'ml.joinYield',
  ],
  'household-shares-a-trainer': [
    'counts.step_trainer_trusted',
    'counts.machine_learning_curated',
    'privacy.leaks',
    'attribution.precision',
  ],
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
  'worn-serial-cable': [
    'privacy.leaks',
    'attribution.precision',
    'attribution.recall',
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

const catalogue = await loadCatalogue();

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

test('the table names every scenario of the catalogue', () => {
  expect(Object.keys(CLASSIC_FAILS)).toEqual(catalogue.map(({ file }) => file));
});

describe.each(catalogue.map((named) => [named.file, named] as const))('%s', (file, named) => {
  test('strict passes, and nothing went wrong on the way', async () => {
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
