import { expect, test } from 'vitest';
import { DistanceIndex } from '../../../scenarios/evidence/distance-index.ts';
import type { TruthDistance } from '../../../simulator/index.ts';

/** A reading of one box at a time, in ms. */
function reading(id: number, atMs: number, distance = 210): TruthDistance {
  const common = { person: 0, step: id, fate: 'sent', serialNumber: 'box' } as const;
  return { kind: 'distance', id, atMs, distance, ...common };
}

function rowAt(sensorReadingTime: number, distanceFromObject = 210): Record<string, unknown> {
  return { serialNumber: 'box', sensorReadingTime, distanceFromObject };
}

test('the nearest reading of the box with the same distance is found, in whatever order readings come', () => {
  const index = new DistanceIndex([reading(0, 1_000), reading(1, 3_000)]);
  index.add(reading(2, 2_000));
  index.add(reading(3, 2_000, 250));
  expect(index.find(rowAt(2_010))?.id).toBe(2);
  expect(index.find(rowAt(2_990))?.id).toBe(1);
  expect(index.find(rowAt(2_010, 250))?.id).toBe(3);
  expect(index.find(rowAt(1_500))?.id).toBe(0);
});

test('a reading that is too far, of another box or of none is not found', () => {
  const index = new DistanceIndex();
  index.add(reading(0, 1_000));
  index.add({ ...reading(1, 5_000), serialNumber: undefined });
  expect(index.find(rowAt(1_501))).toBeUndefined();
  expect(index.find({ ...rowAt(1_000), serialNumber: 'other' })).toBeUndefined();
  expect(index.find(rowAt(5_000))).toBeUndefined();
});
