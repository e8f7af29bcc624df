import { expect, test } from 'vitest';
import { findShapeFaults } from '../../../scenarios/evidence/row-shape.ts';
import { columnsOf } from '../../../pipeline/index.ts';
import { ANN, customerRow, FIRST_MS, sampleRow } from '../small-world.ts';

const COLUMNS = columnsOf('accelerometer_trusted', 'strict');
const ROW = sampleRow(ANN, FIRST_MS, [1, 0, -1]);

test.each([
  [{}, undefined],
  [{ x: 0.5 }, undefined],
  [{ x: '1' }, { column: 'x', fault: 'is a string instead of a number' }],
  [{ x: Number.NaN }, { column: 'x', fault: 'is NaN instead of a number' }],
  [{ x: null }, { column: 'x', fault: 'is null' }],
  [{ x: undefined }, { column: 'x', fault: 'is missing' }],
  [{ timeStamp: 1.5 }, { column: 'timeStamp', fault: 'is 1.5 instead of an integer' }],
  [{ user: 7 }, { column: 'user', fault: 'is a number instead of text' }],
  [{ w: 1 }, { column: 'w', fault: 'is none of this table' }],
])('a row with %j', (changes, fault) => {
  const found = findShapeFaults(COLUMNS, { ...ROW, ...changes }, 'table');
  expect(found).toEqual(fault === undefined ? [] : [fault]);
});

test('JSON may leave out what may be null; a table may not', () => {
  const columns = columnsOf('customer_trusted', 'strict');
  const { shareWithPublicAsOfDate: _left, ...row } = customerRow(ANN);
  expect(findShapeFaults(columns, row, 'json')).toEqual([]);
  expect(findShapeFaults(columns, row, 'table')).toEqual([
    { column: 'shareWithPublicAsOfDate', fault: 'is missing' },
  ]);
});
