import { expect, test } from 'vitest';
import { traitsOf } from '../../../scenarios/listing/traits.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';

interface Parts {
  readonly customers?: number;
  readonly world?: string;
  readonly more?: string;
}

function traits({ customers = 40, world = '', more = '' }: Parts): readonly string[] {
  const text = `version: 1
name: Some people walk
world: { start: 2022-06-18T15:00:00Z, customers: ${customers}, consent: { research: 50% }${world} }
run: { duration: 20m }
expect: { landing.lost: 0 }
${more}`;
  return traitsOf(parseScenario(text, 'walk.yaml'));
}

const PLAIN = 'world.consent.research: some';

test('a world without anything special has hardly any', () => {
  expect(traits({})).toEqual([PLAIN]);
  expect(traits({ world: ', feed: { order: in-time }, registration: before' })).toEqual([PLAIN]);
});

test.each([
  [1, ['world.customers: 1', PLAIN]],
  [2, [PLAIN]],
  [9_999, [PLAIN]],
  [10_000, ['world.customers: 10,000–99,999', PLAIN]],
])('of %i people, only one alone and a crowd are a story', (customers, expected) => {
  expect(traits({ customers })).toEqual(expected);
});

test.each([
  [', households: { size: 2 }', 'world.households.size: 2'],
  [', households: { size: 4 }', 'world.households.size: 3–9'],
  [', serials: { pool: 1 }', 'world.serials.pool: 1'],
  [', serials: { pool: 30 }', 'world.serials.pool: 10–99'],
  [', serials: { pool: 40 }', 'world.serials.pool: all numbers'],
  [', households: { size: 2 }, serials: { pool: 20 }', 'world.serials.pool: all numbers'],
  [', serials: { pool: 30, assign: skewed }', 'world.serials.assign: skewed'],
  [', sessions: { perPerson: 3 }', 'world.sessions.perPerson'],
  [', namesakes: { pairs: 2 }', 'world.namesakes.consent: drawn'],
  [', returns: { trainers: 2, told: true }, sessions: { perPerson: 2 }', 'world.returns.told'],
])('of a world with%s', (world, expected) => {
  expect(traits({ world })).toContain(expected);
});

test.each([
  ['devices: { phone: { clock: { skew: 20ms } } }', 'devices.phone.clock.skew: 10–99'],
  ['devices: { phone: { clock: { drift: 20ppm } } }', 'devices.phone.clock.drift'],
  [
    'devices: { phone: { clock: { jump: { by: 1h, at: 1m } } } }',
    'devices.phone.clock.jump.by: forward',
  ],
  [
    'devices: { phone: { clock: { jump: { by: -1s, at: 1m } } } }',
    'devices.phone.clock.jump.by: back',
  ],
  ["faults: [{ kind: garble, on: 'trainer[1].serial', at: 0s, rate: 5% }]", 'garble on trainer'],
  ['faults: [{ kind: duplicate, on: phones, at: 0s, rate: 5% }]', 'duplicate on phone'],
  ["faults: [{ kind: drop, on: 'trainer[1]', at: 0s, rate: 5% }]", 'drop on trainer'],
  ['faults: [{ kind: down, on: s3, at: 0s, for: 1m }]', 'down on s3'],
  ['landing: [{ kind: nan, table: accelerometer_landing, rate: 4% }]', 'nan in the landing zone'],
])('of %s', (more, expected) => {
  expect(traits({ more })).toContain(expected);
});

test('numbers of people who do something, and other sizes, do not tell worlds apart', () => {
  const worlds = [4, 12].map(
    (count) => `, returns: { trainers: ${count} }, sessions: { perPerson: 2 }`,
  );
  const [few, many] = worlds.map((world) => traits({ world }));
  expect(few).toEqual(many);
});
