import { expect, test } from 'vitest';
import { accelerationKey } from '../../../scenarios/evidence/landed.ts';
import { judgePairs } from '../../../scenarios/evidence/ml-pairs.ts';
import {
  ANN,
  CEM,
  emailOf,
  evidenceWith,
  FIRST_MS,
  mlRow,
  RIGHT_ZONES,
  SECOND_MS,
} from '../small-world.ts';

type MlRow = ReturnType<typeof mlRow>;

function judge(row: MlRow) {
  const [pair] = judgePairs(evidenceWith({ zones: { machine_learning_curated: [row] } }));
  return { verdict: pair?.verdict, step: pair?.distance?.step, sample: pair?.acceleration?.id };
}

test.each([
  ['the same step', mlRow(ANN, SECOND_MS, 202, [1, 1, 0]), 'right', 1, 4],
  ['two people at one moment', mlRow(ANN, SECOND_MS, 202, [0, 1, 0]), 'mixed', 1, 13],
  ['one person at two moments', mlRow(ANN, SECOND_MS, 202, [1, 0, 0], FIRST_MS), 'moved', 1, 1],
  ['a step that nobody took', mlRow(ANN, SECOND_MS, 299, [1, 1, 0]), 'unknown', undefined, 4],
  ['a sample that nobody made', mlRow(ANN, SECOND_MS, 202, [1, 1, 1]), 'unknown', 1, undefined],
] as const)('%s', (_, row, verdict, step, sample) => {
  expect(judge(row)).toEqual({ verdict, step, sample });
});

test('a name in the row is believed: equal samples of others do not count', () => {
  const row = mlRow(ANN, SECOND_MS, 202, [1, 1, 0]);
  expect(judge({ ...row, user: emailOf(ANN) }).verdict).toBe('right');
  // Cem has no such sample.
  expect(judge({ ...row, user: emailOf(CEM) }).verdict).toBe('unknown');
});

test('without a name, equal samples of two people cannot be told apart: the right one counts', () => {
  const evidence = evidenceWith({
    zones: { machine_learning_curated: [mlRow(CEM, SECOND_MS, 206, [1, 1, 0])] },
  });
  const key = accelerationKey(emailOf(CEM), { timeStamp: SECOND_MS, x: 1, y: 1, z: 0 });
  const [cems] = [...evidence.landed.accelerationByKey.values()].filter(
    ({ person }) => person === CEM,
  );
  const twin = { ...(cems as NonNullable<typeof cems>), step: 5, id: 99 };
  const both = new Map(evidence.landed.accelerationByKey).set(key, twin);
  const twins = evidenceWith({
    landed: { ...evidence.landed, accelerationByKey: both },
    zones: evidence.zones,
  });
  expect(judgePairs(evidence)[0]).toMatchObject({ verdict: 'mixed' });
  expect(judgePairs(twins)[0]).toMatchObject({ verdict: 'right', acceleration: { id: 99 } });
});

test('rows are judged in their order, once', () => {
  const evidence = evidenceWith();
  const pairs = judgePairs(evidence);
  expect(pairs.map(({ row }) => row)).toEqual(RIGHT_ZONES.machine_learning_curated);
  expect(judgePairs(evidence)).toBe(pairs);
});
