import { expect, test } from 'vitest';
import { measureJoinYield } from '../../../scenarios/exhibits/join-yield.ts';
import { ANN, evidenceWith, landedOnce, RIGHT_ZONES, smallReadings } from '../small-world.ts';

test('people whose phones are off by the same ms are one point', () => {
  expect(measureJoinYield(evidenceWith())).toEqual([{ skewMs: 0, yield: 1, pairs: 5, people: 2 }]);
});

test('a skew that the join does not bridge takes its pairs away', () => {
  const readings = smallReadings().map((truth) =>
    truth.kind === 'acceleration' && truth.person === ANN
      ? { ...truth, timeStamp: truth.atMs + 7 }
      : truth,
  );
  const machine_learning_curated = RIGHT_ZONES.machine_learning_curated.slice(3);
  const evidence = evidenceWith({
    readings,
    landed: landedOnce(readings),
    zones: { machine_learning_curated },
  });
  expect(measureJoinYield(evidence)).toEqual([
    { skewMs: 0, yield: 1, pairs: 2, people: 1 },
    { skewMs: 7, yield: 0, pairs: 3, people: 1 },
  ]);
});

test('a world in which nobody shares has no points', () => {
  const evidence = evidenceWith({ readings: [], landed: landedOnce([]) });
  expect(measureJoinYield(evidence)).toEqual([]);
});
