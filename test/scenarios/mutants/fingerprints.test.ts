import { expect, test } from 'vitest';
import { loadCatalogue, loadNamed } from '../../../scenarios/listing/catalogue.ts';
import type { NamedScenario } from '../../../scenarios/listing/catalogue.ts';
import { MUTANTS } from '../../../scenarios/mutants/catalogue/index.ts';
import {
  loadFingerprints,
  scenarioKey,
  toFingerprints,
} from '../../../scenarios/mutants/fingerprints.ts';
import { judgeMutants } from '../../../scenarios/mutants/judge-mutants.ts';
import { makePlan } from '../../../scenarios/planning/plan.ts';

test('the stored fingerprints are those of all mutants, in scenarios that there are', async () => {
  const prints = loadFingerprints();
  expect(Object.keys(prints).toSorted()).toEqual([...MUTANTS.map(({ id }) => id), 'classic']);
  const files = new Set((await loadCatalogue()).map(({ file }) => file));
  const keys = Object.values(prints).flatMap((scenarios) => Object.keys(scenarios));
  expect(keys.filter((key) => !files.has(key.split('#')[0] ?? ''))).toEqual([]);
  // A mutant that fails nothing could not be known again.
  const silent = Object.entries(prints).filter(([, cells]) => Object.keys(cells).length === 0);
  expect(silent).toEqual([]);
});

test.each([
  ['one-person-walks', ['M16', 'M89']],
  ['objects-in-the-wrong-folder', ['M01', 'M17', 'M46', 'M85']],
  ['landing-in-every-packing', ['M05', 'M70', 'M77']],
])(
  'what is stored of %s is what its mutants fail now: else run npm run mutants:fingerprints',
  async (name, ids) => {
    const stored = loadFingerprints();
    const [{ file, scenario }] = (await loadNamed(name)) as [NamedScenario];
    const plan = makePlan(scenario, {});
    const mutants = MUTANTS.filter(({ id }) => ids.includes(id));
    const found = await judgeMutants({ plan, file, mutants });
    const key = scenarioKey(file, plan.seed);
    const cellsOf = (prints: typeof stored): unknown => ids.map((id) => prints[id]?.[key]);
    expect(cellsOf(toFingerprints([found]))).toEqual(cellsOf(stored));
  },
  60_000,
);
