import { expect, test } from 'vitest';
import { findReading } from '../../../scenarios/explain/find-reading.ts';
import type { LedgerEntry, RunLedger } from '../../../scenarios/explain/run-ledger.ts';
import {
  ANN,
  emailOf,
  FIRST_MS,
  SECOND_MS,
  serialOf,
  smallReadings,
  smallWorld,
} from '../small-world.ts';

const LEDGER: RunLedger = {
  world: smallWorld(),
  entries: smallReadings().map((truth) => ({ ...truth, bin: 'landed' }) as LedgerEntry),
};

test.each([
  ['3', 3],
  ['person 0 at 15:00:00', 0],
  ['person 0 at 15:00:02.000', 3],
  ['Person 0 2022-06-18T15:00:01.9Z', 3],
  ['person 1 at 15:00', 5],
  [`${serialOf(ANN)}|${SECOND_MS}|202`, 3],
  [`${serialOf(ANN)}|${SECOND_MS + 3}|202`, 3],
  [`${emailOf(ANN)}|${FIRST_MS}|0|1|-1`, 2],
  [`e-mail of person 0|${FIRST_MS}|0|1|-1`, 2],
  [`${emailOf(ANN).toUpperCase()} | ${FIRST_MS} | 0 | 1 | -1`, 2],
  [
    `{"sensorReadingTime":${FIRST_MS},"serialNumber":"${serialOf(ANN)}","distanceFromObject":201}`,
    0,
  ],
])('%s is a reading', (text, id) => {
  expect(findReading(text, LEDGER).id).toBe(id);
});

test.each([
  ['', 'is no reading'],
  ['banana', 'is no reading'],
  ['person 7', 'There is no person 7'],
  ['person 0', 'Which reading of person 0? Write the moment as 14:02:11.5'],
  ['person 0 at 25:99', '"25:99" is no time.'],
  ['person 0 at 2022-06-18T25:00Z', '"2022-06-18T25:00Z" is no time.'],
  ['person 0 at 15:00:60', '"15:00:60" is no time.'],
  ['18', 'There is no reading 18: this run has the readings 0 to 17.'],
  ['person 4 at 15:00', 'There is no person 4: people have the numbers 0 to 3.'],
  ['person 0 at noon', '"noon" is no time'],
  ['person 0 at 16:00', 'The nearest is 3, at 2022-06-18T15:00:02.000Z.'],
  [`${serialOf(ANN)}|${SECOND_MS}|203`, 'nobody made it'],
])('%j is none', (text, why) => {
  expect(() => findReading(text, LEDGER)).toThrow(why);
});

test('a run without readings says so', () => {
  expect(() => findReading('0', { ...LEDGER, entries: [] })).toThrow('Nobody made a reading');
});
