import { expect, expectTypeOf, test } from 'vitest';
import { defineScenario } from '../../scenarios/define-scenario.ts';
import type { ScenarioInput } from '../../scenarios/define-scenario.ts';

const WALK: ScenarioInput = {
  version: 1,
  name: 'Four people walk',
  world: { start: '2022-06-18T15:00:00Z', customers: 4, consent: { research: '50%' } },
  run: { duration: '5m' },
  faults: [{ kind: 'garble', on: 'trainer[0]', at: '30s', rate: '2%' }],
  expect: { 'landing.lost': 0, 'ml.joinYield': { min: 0.95 } },
};

test('a right scenario is given back as it was written', () => {
  expect(defineScenario(WALK)).toBe(WALK);
});

test('a scenario of a program is refused with the words of a file', () => {
  const wrong = { ...WALK, world: { ...WALK.world, custommers: 4 } };
  expect(() => defineScenario(wrong)).toThrow(
    'world.custommers: unknown key "custommers"; did you mean "customers"?',
  );
});

test('values that are right each and wrong together are refused', () => {
  expect(() => defineScenario({ ...WALK, run: { duration: '1m' } })).toThrow(
    'run.duration: the sessions need at least',
  );
});

test('types know which texts are quantities', () => {
  expectTypeOf<{ duration: '5m' }>().toExtend<ScenarioInput['run']>();
  expectTypeOf<{ duration: 5 }>().not.toExtend<ScenarioInput['run']>();
  expectTypeOf<{ duration: '5d' }>().not.toExtend<ScenarioInput['run']>();
  const runs = [{ duration: 5 }, { duration: '5d' }] as unknown as ScenarioInput['run'][];
  for (const run of runs) {
    expect(() => defineScenario({ ...WALK, run })).toThrow('expected a duration with its unit');
  }
});
