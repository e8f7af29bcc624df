import { expect, test } from 'vitest';
import { settledReadings } from '../../../dashboard/judge/run-report.ts';
import { ANN, BOB, landedOnce, SECOND_MS, smallReadings } from '../../scenarios/small-world.ts';

test('readings that no later one of their device has overtaken are still on their way', () => {
  const readings = smallReadings();
  const isOf = (person: number, kind: string, atMs: number) => (truth: (typeof readings)[number]) =>
    truth.person === person && truth.kind === kind && truth.atMs === atMs;
  const underWay = readings.find(isOf(ANN, 'distance', SECOND_MS));
  const lost = readings.find((truth) => truth.person === BOB && truth.kind === 'distance');
  const missing = { [underWay?.id ?? -1]: 0, [lost?.id ?? -1]: 0 };
  const settled = settledReadings({ readings, landed: landedOnce(readings, missing) });
  expect(settled).toHaveLength(readings.length - 1);
  expect(settled.some(isOf(ANN, 'distance', SECOND_MS))).toBe(false);
  expect(settled.some((truth) => truth.person === BOB && truth.atMs === lost?.atMs)).toBe(true);
  expect(settled.map(({ id }) => id)).toEqual(settled.map((_, index) => index));
  expect(readings.map(({ id }) => id)).toEqual(readings.map((_, index) => index));
});

test('before anything has landed, everything is on its way', () => {
  const readings = smallReadings();
  const nothing = Object.fromEntries(readings.map(({ id }) => [id, 0]));
  expect(settledReadings({ readings, landed: landedOnce(readings, nothing) })).toEqual([]);
});
