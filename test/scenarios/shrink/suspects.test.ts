import { expect, test } from 'vitest';
import type { Offender } from '../../../scenarios/oracles/offender.ts';
import { suspectsOf } from '../../../scenarios/shrink/suspects.ts';

function offender(truth: string, user = 'e-mail of nobody'): Offender {
  return { table: 'accelerometer_trusted', row: { user, x: 1 }, truth, readings: [] };
}

test('those who are named are suspected: alone, with whom they are named, and together', () => {
  const groups = suspectsOf([
    offender('Person 9 made it.', 'e-mail of person 7'),
    offender('It is of person 3 and person 12.'),
  ]);
  expect(groups).toEqual(expect.arrayContaining([[9], [7], [7, 9], [3, 12], [3, 7, 9, 12]]));
  expect(groups.map(({ length }) => length)).toEqual(
    groups.map(({ length }) => length).toSorted((left, right) => left - right),
  );
});

test('nobody is suspected where nobody is named', () => {
  expect(suspectsOf([offender('A line was damaged.')])).toEqual([]);
});

test('of many offenders the first are taken', () => {
  const many = Array.from({ length: 20 }, (_, id) => offender(`It is of person ${id}.`));
  expect(Math.max(...suspectsOf(many).map(({ length }) => length))).toBe(16);
});
