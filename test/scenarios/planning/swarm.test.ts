import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePlan } from '../../../scenarios/planning/plan.ts';
import { drawSwarm } from '../../../scenarios/planning/swarm.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import type { Scenario, ScenarioFault } from '../../../scenarios/schema/index.ts';

function scenario(run: string, faults = FAULTS): Scenario {
  const text = `version: 1
name: Four people walk with all kinds of trouble
world: { start: 2022-06-18T15:00:00Z, customers: 4, consent: { research: 50% } }
run: { duration: 5m${run} }
faults: ${faults}
expect: { landing.lost: 0 }
`;
  return parseScenario(text, 'trouble.yaml');
}

const FAULTS = `
  - { kind: garble, on: 'trainer[0].serial', at: 10s, for: 60s, rate: 20% }
  - { kind: partial, on: 'trainer[1].serial', at: 20s, count: 10 }
  - { kind: brown-out, on: 'trainer[2]', at: 30s }`;
/** What each kind may be at the worst, and is at the least. */
const BOUNDS: Readonly<Record<string, (fault: ScenarioFault) => boolean>> = {
  garble: (fault) =>
    fault.kind === 'garble' &&
    fault.at === 10_000 &&
    isWithin(fault.for, 6_000, 60_000) &&
    isWithin(fault.rate, 0.02, 0.2),
  partial: (fault) => fault.kind === 'partial' && isWithin(fault.count, 1, 10),
  'brown-out': (fault) => fault.kind === 'brown-out' && fault.at === 30_000,
};
function isWithin(value: number | undefined, min: number, max: number): boolean {
  return value !== undefined && value >= min && value <= max;
}
const seeds = fc.integer({ min: 0, max: 100_000 });

describe('a swarm', () => {
  test('never treats a seed worse than the scenario lists, and never leaves it without any fault', () => {
    const listed = scenario('');
    fc.assert(
      fc.property(seeds, (seed) => {
        const { scenario: drawn, mix = [] } = drawSwarm(listed, seed);
        expect(drawn.faults.length).toBeGreaterThan(0);
        expect(drawn.faults.length).toBe(mix.filter(({ isOn }) => isOn).length);
        for (const fault of drawn.faults)
          expect(BOUNDS).toSatisfy((bounds: typeof BOUNDS) => bounds[fault.kind]?.(fault) === true);
      }),
    );
  });

  test('draws how much there is of a fault: from a tenth of what is listed up to nearly all of it', () => {
    const shares = { rate: [] as number[], forMs: [] as number[], count: [] as number[] };
    for (let seed = 0; seed < 200; seed++) {
      for (const { rate, forMs, count } of drawSwarm(scenario(''), seed).mix ?? []) {
        if (rate !== undefined) shares.rate.push(rate / 0.2);
        if (forMs !== undefined) shares.forMs.push(forMs / 60_000);
        if (count !== undefined) shares.count.push(count / 10);
      }
    }
    for (const drawn of Object.values(shares)) {
      const mean = drawn.reduce((sum, share) => sum + share, 0) / drawn.length;
      expect(mean).toBeGreaterThan(0.45);
      expect(mean).toBeLessThan(0.65);
      expect(Math.min(...drawn)).toBeLessThan(0.2);
      expect(Math.max(...drawn)).toBeGreaterThan(0.9);
    }
  });

  test('draws other mixes for other seeds: each fault is on in about half of them', () => {
    const listed = scenario('');
    const mixes = Array.from({ length: 400 }, (_, seed) => drawSwarm(listed, seed).mix ?? []);
    for (const place of ['faults[0]', 'faults[1]', 'faults[2]']) {
      const on = mixes.filter((mix) => mix.some((draw) => draw.place === place && draw.isOn));
      // One seed in eight has none on by itself, and is given one.
      expect(on.length).toBeGreaterThan(180);
      expect(on.length).toBeLessThan(260);
    }
  });

  test('draws the same mix for a seed again, and a further fault changes no other', () => {
    const more = `${FAULTS}\n  - { kind: merge, on: 'trainer[3].serial', at: 0s, rate: 5% }`;
    for (let seed = 0; seed < 50; seed++) {
      const { mix = [] } = drawSwarm(scenario(''), seed);
      expect(drawSwarm(scenario(''), seed).mix).toEqual(mix);
    }
    // Of seeds that draw two by themselves, none is given one.
    const full = Array.from({ length: 50 }, (_, seed) => seed).filter(
      (seed) => drawSwarm(scenario(''), seed).mix?.filter(({ isOn }) => isOn).length === 2,
    );
    expect(full.length).toBeGreaterThan(5);
    for (const seed of full) {
      const withMore = drawSwarm(scenario('', more), seed).mix ?? [];
      expect(withMore.slice(0, 3)).toEqual(drawSwarm(scenario(''), seed).mix);
    }
  });

  test('has faults of its own, and odds of its own', () => {
    const own = `, swarm: { each: 100%, faults: [{ kind: merge, on: 'trainer[3].serial', at: 0s, rate: 5% }] }`;
    const { scenario: drawn, mix = [] } = drawSwarm(scenario(own), 1);
    expect(drawn.faults.map(({ kind }) => kind)).toEqual([
      'garble',
      'partial',
      'brown-out',
      'merge',
    ]);
    expect(mix.at(-1)).toMatchObject({ place: 'run.swarm.faults[0]', kind: 'merge', isOn: true });
  });

  test.each([
    ['a scenario that wants none', scenario(', swarm: false')],
    ['a scenario without faults', scenario('', '[]')],
  ])('leaves %s as it is', (_, listed) => {
    expect(drawSwarm(listed, 1)).toEqual({ scenario: listed });
    expect(makePlan(listed, { seed: 1, swarm: true })).toEqual(makePlan(listed, { seed: 1 }));
  });
});

describe('the plan of a seed', () => {
  test('holds what was drawn, and without a swarm everything that is listed', () => {
    const listed = scenario('');
    expect(makePlan(listed, { seed: 7 }).faults).toHaveLength(3);
    expect(makePlan(listed, { seed: 7 })).not.toHaveProperty('swarm');
    const plan = makePlan(listed, { seed: 7, swarm: true });
    expect(plan.swarm).toEqual(drawSwarm(listed, 7).mix);
    expect(plan.faults.length).toBe(plan.swarm?.filter(({ isOn }) => isOn).length);
  });

  test('refuses faults of the swarm that make no sense in the world', () => {
    const wrong = `, swarm: { faults: [{ kind: brown-out, on: 'trainer[9]', at: 0s }] }`;
    expect(() => scenario(wrong)).toThrow(/only 4 trainers/);
  });
});
