import { expect, test } from 'vitest';
import { findDueRows } from '../../../dashboard/judge/due-rows.ts';
import type { TruthAcceleration } from '../../../simulator/index.ts';
import { ANN, CEM, evidenceWith, landedOnce, smallReadings } from '../../scenarios/small-world.ts';

test('what belongs into the zones follows from who consents and what has landed', () => {
  const due = findDueRows(evidenceWith());
  expect(due.trusted).toEqual([ANN, CEM]);
  expect(due.curated).toEqual([ANN, CEM]);
  expect(due.samples).toHaveLength(5);
  expect(due.steps.map(({ distance }) => distance)).toEqual([201, 202, 206]);
  expect(due.pairs).toHaveLength(5);
  expect(due.usable).toEqual({ steps: 3, samples: 5 });
});

test('steps of somebody without samples belong nowhere', () => {
  const readings = smallReadings();
  const noSamples = Object.fromEntries(
    readings.flatMap(({ id, kind, person }) =>
      kind === 'acceleration' && person === ANN ? [[id, 0]] : [],
    ),
  );
  const due = findDueRows(evidenceWith({ readings, landed: landedOnce(readings, noSamples) }));
  expect(due.trusted).toEqual([ANN, CEM]);
  expect(due.curated).toEqual([CEM]);
  expect(due.steps.map(({ distance }) => distance)).toEqual([206]);
  expect(due.usable.steps).toBe(3);
});

test('of several moments of a step the nearest belongs to it', () => {
  const readings = smallReadings();
  const first = readings.find(({ kind, person }) => kind === 'acceleration' && person === ANN);
  const more = [20, -15, 15].map((offMs, index): TruthAcceleration => ({
    ...(first as TruthAcceleration),
    id: readings.length + index,
    atMs: (first as TruthAcceleration).atMs + offMs,
    timeStamp: (first as TruthAcceleration).atMs + offMs,
  }));
  const own = readings.filter(({ kind, person }) => kind === 'distance' || person !== ANN);
  const kept = [...own, ...more].map((truth, id) => ({ ...truth, id }));
  const due = findDueRows(evidenceWith({ readings: kept, landed: landedOnce(kept) }));
  const pairs = due.pairs.filter(({ distance }) => distance.distance === 201);
  expect(pairs.map(({ acceleration, distance }) => acceleration.atMs - distance.atMs)).toEqual([
    -15,
  ]);
});
