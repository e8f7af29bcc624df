import { expect, test } from 'vitest';
import {
  BATCH_TABLES,
  parseSegmentFileName,
  segmentFileName,
} from '../../../bridge/core/spool-names.ts';

test('every table and number has a file name of its own, which sorts by number and has no slash', () => {
  const names = BATCH_TABLES.flatMap((table) =>
    [1, 9, 10, 2_000_000_000].map((number) => ({
      table,
      number,
      name: segmentFileName(table, number),
    })),
  );
  expect(new Set(names.map(({ name }) => name)).size).toBe(16);
  for (const { table, number, name } of names) {
    expect(name).not.toContain('/');
    expect(parseSegmentFileName(name)).toEqual({ table, number });
  }
  const ofOneTable = names.slice(0, 4).map(({ name }) => name);
  expect(ofOneTable.toSorted()).toEqual(ofOneTable);
});

test.each([
  'spool.json',
  'lock',
  'accelerometer_landing.0000000000.segment',
  'accelerometer_landing.000000001.segment',
  'accelerometer_landing.0000000001.segment.bak',
  'customer_landing.0000000001.segment',
  '.0000000001.segment',
])('%s is no segment', (name) => {
  expect(parseSegmentFileName(name)).toBeUndefined();
});
