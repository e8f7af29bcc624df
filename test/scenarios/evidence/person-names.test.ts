import { expect, test } from 'vitest';
import { namePeople, namePerson, tellTime } from '../../../scenarios/evidence/person-names.ts';
import { NOBODY } from '../../../simulator/index.ts';

test.each([
  [[], 'nobody'],
  [[7], 'person 7'],
  [[7, 9], 'person 7 and person 9'],
  [[7, 8, 9], 'person 7, person 8 and person 9'],
  [[1, 2, 3, 4, 5], 'person 1, person 2, person 3 and 2 more'],
])('%j are %s', (people, words) => {
  expect(namePeople(people)).toBe(words);
});

test('who is nobody of this world is nobody', () => {
  expect([namePerson(undefined), namePerson(NOBODY)]).toEqual(['nobody', 'nobody']);
});

test.each([
  [1_655_564_400_000, '2022-06-18T15:00:00.000Z'],
  [Number.NaN, 'NaN ms'],
  [1e300, '1e+300 ms'],
])('%d is told as %s', (timeMs, words) => {
  expect(tellTime(timeMs)).toBe(words);
});
