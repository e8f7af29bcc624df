import { expect, test } from 'vitest';
import { parseRow } from '../../../scenarios/explain/row-text.ts';

test('three values are a row of a trainer, five are one of a phone', () => {
  expect(parseRow('abc | 1655571629076 | 211')).toEqual({
    serialNumber: 'abc',
    sensorReadingTime: '1655571629076',
    distanceFromObject: '211',
  });
  expect(parseRow('a@b.example|7|-1|0|1')).toMatchObject({ user: 'a@b.example', z: '1' });
});

test('JSON may have more columns than are needed', () => {
  const row = { serialNumber: 'abc', sensorReadingTime: 7, distanceFromObject: 211, user: 'x' };
  expect(parseRow(JSON.stringify(row))).toEqual(row);
});

test('a text that is not meant as a row is none', () => {
  expect(parseRow('banana')).toBeUndefined();
});

test.each([
  ['a|b', 'this one has 2'],
  ['a|b|c', '"b" is no sensorReadingTime: it is a number of ms since 1970'],
  ['a|7|', '"" is no distanceFromObject: it is a number.'],
  ['a|7|1|zwei|3', '"zwei" is no y'],
  ['{"serialNumber', 'This row is no JSON'],
  ['{}', 'This row has no user, timeStamp, x, y, z.'],
  ['{"serialNumber":"a"}', 'This row has no sensorReadingTime, distanceFromObject.'],
])('%s is told what it lacks', (text, why) => {
  expect(() => parseRow(text)).toThrow(why);
});
