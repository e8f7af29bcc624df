import { expect, test } from 'vitest';
import { LEAKED, NONE, RowMarks, WRONG } from '../../../dashboard/judge/row-marks.ts';

/** More rows than a new list has room for. */
const MANY = 5_000;

test('marks are kept for any number of rows', () => {
  const marks = new RowMarks();
  for (let row = 0; row < MANY; row++) marks.add(row % 4, row, row % 2 === 0 ? 7 : NONE);
  expect(marks.count).toBe(MANY);
  expect([marks.flagsOf(4_999), marks.firstOf(4_999), marks.secondOf(4_999)]).toEqual([
    3,
    4_999,
    NONE,
  ]);
  expect(marks.secondOf(4_998)).toBe(7);
  expect(marks.countWith(LEAKED)).toBe(MANY / 2);
  expect(marks.countWith(LEAKED | WRONG)).toBe((3 * MANY) / 4);
});

test('rows are picked page by page', () => {
  const marks = new RowMarks();
  for (const flags of [0, LEAKED, WRONG, LEAKED | WRONG, LEAKED]) marks.add(flags, 1);
  expect(marks.pick(LEAKED, { offset: 0, limit: 2 })).toEqual([1, 3]);
  expect(marks.pick(LEAKED, { offset: 2, limit: 2 })).toEqual([4]);
  expect(marks.pick(undefined, { offset: 3, limit: 9 })).toEqual([3, 4]);
  expect(marks.pick(WRONG, { offset: 2, limit: 9 })).toEqual([]);
});
