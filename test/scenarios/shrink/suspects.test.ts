import { expect, test } from 'vitest';
import { stepsNamed, suspectsOf } from '../../../scenarios/shrink/suspects.ts';
import { offender } from './trial-runs.ts';

const FORTY = Array.from({ length: 40 }, (_, id) => id);

test('those who are named are suspected: alone, with whom they are named, and together', () => {
  const groups = suspectsOf(
    [
      offender('Person 9 made it.', 'e-mail of person 7'),
      offender('It is of person 3 and person 12.'),
    ],
    FORTY,
  );
  expect(groups).toEqual(expect.arrayContaining([[9], [7], [7, 9], [3, 12], [3, 7, 9, 12]]));
  expect(groups.map(({ length }) => length)).toEqual(
    groups.map(({ length }) => length).toSorted((left, right) => left - right),
  );
});

test('where nobody is named, few are tried before many, and never all', () => {
  const groups = suspectsOf([offender('A line was damaged.')], FORTY);
  expect(groups.map(({ length }) => length)).toEqual([1, 2, 4, 8, 16]);
  expect(suspectsOf([], [5])).toEqual([]);
});

test('who has been left out is suspected no more', () => {
  expect(suspectsOf([offender('Person 9 made it.')], [3, 4, 5])).toEqual([[3]]);
});

test('of many offenders the first are taken', () => {
  const many = Array.from({ length: 20 }, (_, id) => offender(`It is of person ${id + 20}.`));
  const named = suspectsOf(many, FORTY).filter((people) => people.every((id) => id >= 20));
  expect(Math.max(...named.map(({ length }) => length))).toBe(16);
});

test('steps are suspected as the offenders name them', () => {
  const named = stepsNamed([
    offender('Person 1 made it (session 0, step 12); the other is of step 14.'),
    offender('Person 1 made it (session 0, step 3).'),
    offender('Person 2 made it (session 1, step 3).'),
  ]);
  expect(named).toEqual([
    { first: 3, last: 3 },
    { first: 12, last: 14 },
  ]);
  expect(stepsNamed([offender('A line was damaged.')])).toEqual([]);
});
