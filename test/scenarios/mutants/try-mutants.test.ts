import { expect, test } from 'vitest';
import { MUTANTS } from '../../../scenarios/mutants/catalogue/index.ts';
import { splitBySize, tryMutants } from '../../../scenarios/mutants/try-mutants.ts';
import type { Plan } from '../../../scenarios/planning/plan.ts';
import { smallPlan } from '../run/small-plan.ts';

function planOf(world: Partial<Plan['world']>): Plan {
  const plan = smallPlan();
  return { ...plan, world: { ...plan.world, ...world } };
}

test('worlds of more than 300 people are left out unless they are named', () => {
  const scenarios = [300, 301].map((customers) => ({ file: 'a', plan: planOf({ customers }) }));
  const { small, large } = splitBySize(scenarios);
  expect([small, large]).toEqual([scenarios.slice(0, 1), scenarios.slice(1)]);
});

test('a scenario that cannot be run takes no other along', async () => {
  const mutants = MUTANTS.filter(({ id }) => id === 'M17');
  const told: string[] = [];
  const [gone, small] = await tryMutants(
    [
      // Nobody can draw customers from a number that is none.
      { file: 'gone', plan: planOf({ customers: Number.NaN, durationMs: Number.NaN }) },
      { file: 'small', plan: smallPlan() },
    ],
    mutants,
    { workers: 1, onDone: ({ file }) => told.push(file) },
  );
  expect(gone).toMatchObject({ file: 'gone', bases: [], mutants: [] });
  expect(gone?.broken).toMatch(/\w/);
  expect(small?.broken).toBeUndefined();
  expect(small?.mutants.map(({ mutant }) => mutant)).toEqual(['M17']);
  expect(told).toEqual(['gone', 'small']);
}, 60_000);
