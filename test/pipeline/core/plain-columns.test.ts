import { expect, it } from 'vitest';
import { PlainColumns } from '../../../pipeline/core/plain-columns.ts';

it('has room for every row, keeps what is there, and forgets it when it is cleared', () => {
  const columns = new PlainColumns('customer_landing');
  const [name, , , , , registered] = columns.columns;
  if (name === undefined || registered === undefined) throw new TypeError('no such column');
  for (let row = 0; row < 1_000; row++) {
    columns.reserve();
    name.isThere[row] = row % 2;
    registered.numbers[row] = row;
    columns.rows++;
  }
  expect([...registered.numbers.subarray(0, 1_000)]).toEqual([...Array(1_000).keys()]);
  expect(name.isThere.subarray(0, 1_000).reduce((sum, each) => sum + each)).toBe(500);
  columns.clear();
  expect([columns.rows, columns.textBytes, name.isThere.includes(1)]).toEqual([0, 0, false]);
});
