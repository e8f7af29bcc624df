import { expect, test } from 'vitest';
import { stampMutant, stampScenario } from '../../../scenarios/mutants/fingerprint-stamps.ts';
import { edit } from '../../../scenarios/mutants/mutant.ts';
import type { Mutant } from '../../../scenarios/mutants/mutant.ts';
import { makePlan } from '../../../scenarios/planning/plan.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';

const WALK = `version: 1
name: Four people walk
world: { start: 2022-06-18T15:00:00Z, customers: 4, consent: { research: 50% } }
run: { duration: 5m }
faults: [{ kind: garble, on: 'trainer[0].serial', at: 0s, rate: 15% }]
landing: [{ kind: nan, table: accelerometer_landing, rate: 4% }]
expect: { landing.lost: 0, privacy.leaks: 0 }
`;

function stampOf(text: string): string {
  return stampScenario(makePlan(parseScenario(text, 'walk.yaml'), {}));
}

test.each([
  ['people', 'customers: 4', 'customers: 5'],
  ['consent', '50%', '60%'],
  ['a fault', 'rate: 15%', 'rate: 14%'],
  ['dirt', 'rate: 4%', 'rate: 5%'],
  ['the seed', 'duration: 5m', 'duration: 5m, seeds: 2..3'],
  ['what is asked of the zones', 'privacy.leaks: 0', 'privacy.leaks: 1'],
])('a scenario is another one with other %s', (_, text, other) => {
  expect(stampOf(WALK.replace(text, other))).not.toBe(stampOf(WALK));
});

test.each([
  ['name', 'Four people', '4 people'],
  ['expectations of what lands, which no mutant changes', 'landing.lost: 0', 'landing.unsent: 0'],
])('a scenario is the same with another %s', (_, text, other) => {
  expect(stampOf(WALK.replace(text, other))).toBe(stampOf(WALK));
});

test('a mutant is another one with another edit, and the same with another title', () => {
  const mutant: Mutant = {
    id: 'M01',
    title: 'It is wrong',
    base: 'strict',
    breaks: { table: 'customer_trusted', rule: 'it is right' },
    edits: [edit('consent/ruling_customer', '>', '>=')],
  };
  const edits = [edit('consent/ruling_customer', '>', '<')];
  expect(stampMutant({ ...mutant, title: 'It is false' })).toBe(stampMutant(mutant));
  expect(stampMutant({ ...mutant, edits })).not.toBe(stampMutant(mutant));
  expect(stampMutant({ ...mutant, appends: true })).not.toBe(stampMutant(mutant));
});
