import { expect, test } from 'vitest';
import { loadCatalogue, loadNamed } from '../../../scenarios/listing/catalogue.ts';
import type { NamedScenario } from '../../../scenarios/listing/catalogue.ts';
import { MUTANTS } from '../../../scenarios/mutants/catalogue/index.ts';
import { stampMutant, stampScenario } from '../../../scenarios/mutants/fingerprint-stamps.ts';
import {
  loadFingerprintStamps,
  loadFingerprints,
  scenarioKey,
  toFingerprints,
} from '../../../scenarios/mutants/fingerprints.ts';
import { judgeMutants } from '../../../scenarios/mutants/judge-mutants.ts';
import { mutantsFor, splitBySize } from '../../../scenarios/mutants/try-mutants.ts';
import type { MutantScenario } from '../../../scenarios/mutants/try-mutants.ts';
import { makePlan } from '../../../scenarios/planning/plan.ts';

const AGAIN = 'run npm run mutants:fingerprints';

/** The scenarios that fingerprints are taken of. */
async function findTried(): Promise<readonly MutantScenario[]> {
  const all = (await loadCatalogue()).map(({ file, scenario }) => {
    return { file, plan: makePlan(scenario, {}) };
  });
  return splitBySize(all.filter(({ plan }) => plan.mode === 'sim')).small;
}

/** Each scenario with each pipeline that is tried in it, as `M01 in one-person-walks#1`. */
async function findPairs(): Promise<string[]> {
  return (await findTried()).flatMap(({ file, plan }) =>
    [...mutantsFor(plan, MUTANTS).map(({ id }) => id), 'classic'].map(
      (id) => `${id} in ${scenarioKey(file, plan.seed)}`,
    ),
  );
}

test(`every mutant was tried in every scenario that it belongs in, and nowhere else: else ${AGAIN}`, async () => {
  const stored = Object.entries(loadFingerprints()).flatMap(([id, cells]) =>
    Object.keys(cells).map((key) => `${id} in ${key}`),
  );
  const pairs = await findPairs();
  expect(pairs.length).toBeGreaterThan(90 * 40);
  expect(stored.toSorted()).toEqual(pairs.toSorted());
});

test(`no scenario and no mutant has changed since the fingerprints were taken: else ${AGAIN}`, async () => {
  const { scenarios, mutants } = loadFingerprintStamps();
  const plans = (await findTried()).map(({ file, plan }) => {
    return [scenarioKey(file, plan.seed), stampScenario(plan)] as const;
  });
  expect(scenarios).toEqual(Object.fromEntries(plans));
  expect(mutants).toEqual(Object.fromEntries(MUTANTS.map((one) => [one.id, stampMutant(one)])));
});

test('no mutant fails nothing: it could not be known again', () => {
  const silent = Object.entries(loadFingerprints()).filter(([, cells]) =>
    Object.values(cells).every((failures) => Object.keys(failures).length === 0),
  );
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
