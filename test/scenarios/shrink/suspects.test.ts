import { expect, test } from 'vitest';
import { firstNamed, stepsNamed, suspectsOf } from '../../../scenarios/shrink/suspects.ts';
import { offender } from './trial-runs.ts';

const FORTY = Array.from({ length: 40 }, (_, id) => id);

test('those who are named are suspected: alone, with whom they are named, and together', () => {
  const groups = suspectsOf([offender([9, 7]), offender([3, 12])], FORTY);
  expect(groups).toEqual(expect.arrayContaining([[9], [7], [7, 9], [3, 12], [3, 7, 9, 12]]));
  expect(groups.map(({ length }) => length)).toEqual(
    groups.map(({ length }) => length).toSorted((left, right) => left - right),
  );
});

test('where nobody is named, nobody is suspected', () => {
  expect(suspectsOf([offender([])], FORTY)).toEqual([]);
  expect(firstNamed([offender([])], FORTY)).toEqual([]);
});

test('who has been left out is suspected no more', () => {
  const offenders = [offender([9]), offender([4])];
  expect(suspectsOf(offenders, [3, 4, 5])).toEqual([[4]]);
  expect(firstNamed(offenders, [3, 4, 5])).toEqual([4]);
});

test('of many offenders the first are taken', () => {
  const many = Array.from({ length: 20 }, (_, id) => offender([id + 20]));
  const named = suspectsOf(many, FORTY).filter((people) => people.every((id) => id >= 20));
  expect(Math.max(...named.map(({ length }) => length))).toBe(16);
});

test('steps are suspected as the offenders name them', () => {
  const named = stepsNamed([offender([1], [14, 12]), offender([1], [3]), offender([2], [3])]);
  expect(named).toEqual([
    { first: 3, last: 3 },
    { first: 12, last: 14 },
  ]);
  expect(stepsNamed([offender([])])).toEqual([]);
});
