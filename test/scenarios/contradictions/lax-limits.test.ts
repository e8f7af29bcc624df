import { expect, test } from 'vitest';
import { READINGS_PER_TEST } from '../../../scenarios/contradictions/lax-limits.ts';
import { checkScenario } from '../../../scenarios/reading/check-scenario.ts';
import { STEPS_PER_TEST } from '../../../simulator/core/step-test.ts';

const TWO = {
  version: 1,
  name: 'Two people walk three times',
  world: {
    start: '2022-06-18T15:00:00Z',
    customers: 2,
    sessions: { perPerson: 3 },
    consent: { research: '50%' },
  },
  run: { duration: '20m' },
};
/** Of two people, three times each. */
const ALL = 720;

function complaintsOf(expected: object, change: object = {}): readonly string[] {
  const { complaints } = checkScenario({ ...TWO, ...change, expect: expected });
  return complaints.map(({ path, message }) => `${path.join('/')}: ${message}`);
}

test('the number of readings is that of the simulator', () => {
  expect(READINGS_PER_TEST).toBe(STEPS_PER_TEST * 4);
});

test('a limit of readings is below the number of all readings', () => {
  expect(complaintsOf({ 'landing.lost': ALL - 1 })).toEqual([]);
  expect(complaintsOf({ 'landing.lost': ALL, 'landing.late': { max: 1_000 } })).toEqual([
    'expect/landing.lost: there are at most 720 readings in this world, and the limit allows 720 of them: no run could break it',
    'expect/landing.late: there are at most 720 readings in this world, and the limit allows 1000 of them: no run could break it',
  ]);
});

test('rows may be more than readings: a join multiplies them', () => {
  expect(complaintsOf({ 'privacy.leaks': 100_000 })).toEqual([]);
});

test('where a recorded device takes part, nobody knows the number', () => {
  const devices = { recorded: [{ file: './board.stlrec', at: '1s' }] };
  expect(complaintsOf({ 'landing.lost': 100_000 }, { devices })).toEqual([]);
});

test('where the number of people is wrong, neither', () => {
  const world = { ...TWO.world, customers: 'two' };
  expect(complaintsOf({ 'landing.lost': 100_000 }, { world })).toHaveLength(1);
});
