import { beforeAll, expect, test } from 'vitest';
import { MUTANTS } from '../../../scenarios/mutants/catalogue/index.ts';
import { judgeMutants } from '../../../scenarios/mutants/judge-mutants.ts';
import { edit } from '../../../scenarios/mutants/mutant.ts';
import type { Mutant } from '../../../scenarios/mutants/mutant.ts';
import type { ScenarioVerdicts } from '../../../scenarios/mutants/verdicts.ts';
import { smallPlan } from '../run/small-plan.ts';

/** Changes the text of a model, and none of its rows. */
const EQUIVALENT: Mutant = {
  id: 'M998',
  title: 'It says the same in other words',
  base: 'strict',
  breaks: { table: 'accelerometer_trusted', rule: 'none' },
  edits: [
    edit(
      'strict/accelerometer_trusted',
      'a.timeStamp >= p.consent_from',
      'NOT (a.timeStamp < p.consent_from)',
    ),
  ],
};
/** Replaces a text that its model does not have. */
const STALE: Mutant = {
  ...EQUIVALENT,
  id: 'M999',
  edits: [edit('strict/accelerometer_trusted', 'a text of old', 'another')],
};
const chosen = (...ids: string[]): Mutant[] => MUTANTS.filter(({ id }) => ids.includes(id));

let verdicts: ScenarioVerdicts;
beforeAll(async () => {
  const mutants = [...chosen('M05', 'M17', 'M52', 'M59', 'M67'), EQUIVALENT, STALE];
  const plan = smallPlan();
  const expectations = [
    ...plan.expectations,
    { oracle: 'consent.date', limit: { max: 0 } },
    { oracle: 'zones.duplicates', limit: { max: 0 } },
  ] as const;
  verdicts = await judgeMutants({ plan: { ...plan, expectations }, file: 'small.yaml', mutants });
}, 60_000);

function failuresOf(id: string): string[] {
  const found = verdicts.mutants.find(({ mutant }) => mutant === id);
  return (found?.failed ?? []).map(({ oracle }) => oracle);
}

test('strict passes what its mutants are held to', () => {
  expect(verdicts.bases.find(({ pipeline }) => pipeline === 'strict')?.failed).toEqual([]);
});

test.each([
  ['M05', 'consent.date'],
  ['M17', 'zones.duplicates'],
  ['M59', 'zones.idempotence'],
])('%s fails %s', (id, oracle) => {
  expect(failuresOf(id)).toContain(oracle);
});

test('a mutant differs from its base in the tables that it gets wrong, and in those made from them', () => {
  const differing = (id: string): readonly string[] =>
    verdicts.mutants.find(({ mutant }) => mutant === id)?.differs ?? [];
  expect(differing('M17')).toEqual(['accelerometer_trusted', 'machine_learning_curated']);
  expect(differing('M52')).toEqual(['machine_learning_curated']);
  expect(differing('M998')).toEqual([]);
});

test('a mutant that no expectation is about fails nothing', () => {
  expect(failuresOf('M52')).toEqual([]);
});

test('a mutant that cannot be run is told as broken, and takes no other along', () => {
  const told = verdicts.mutants.filter(({ broken }) => broken !== undefined);
  expect(told.map(({ mutant }) => mutant)).toEqual(['M999']);
  expect(told[0]?.broken).toContain('Mutant M999 replaces "a text of old"');
});
