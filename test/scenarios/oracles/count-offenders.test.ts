import { expect, test } from 'vitest';
import { compareWithPromise } from '../../../scenarios/oracles/count-offenders.ts';
import {
  ANN,
  BOB,
  CEM,
  customerRow,
  evidenceWith,
  FIRST_MS,
  RIGHT_ZONES,
  stepRow,
} from '../small-world.ts';

test('the right zones have what is promised, row by row', () => {
  for (const table of Object.keys(RIGHT_ZONES) as (keyof typeof RIGHT_ZONES)[]) {
    expect(compareWithPromise(evidenceWith(), table)).toEqual([]);
  }
});

test('rows that are too many come before those that are missing', () => {
  const zones = { customer_trusted: [customerRow(ANN), customerRow(ANN), customerRow(BOB)] };
  const offenders = compareWithPromise(evidenceWith({ zones }), 'customer_trusted');
  expect(offenders.map(({ truth }) => truth)).toEqual([
    expect.stringMatching(/^Person 0 .*; the policy promises this row, and not so often\.$/),
    expect.stringMatching(/^Person 1 .*; the policy promises no such row\.$/),
    expect.stringMatching(/^Person 2 .* belongs here, and is missing\.$/),
  ]);
});

test('where rows are too few, those that are missing come first', () => {
  const zones = { customer_trusted: [customerRow(BOB)] };
  const offenders = compareWithPromise(evidenceWith({ zones }), 'customer_trusted');
  expect(offenders.at(0)?.truth).toMatch(/and is missing\.$/);
  expect(offenders.at(-1)?.truth).toMatch(/the policy promises no such row\.$/);
});

test('a reading that is missing is named with its id', () => {
  const [first, ...others] = RIGHT_ZONES.step_trainer_trusted;
  const zones = { step_trainer_trusted: [...others, stepRow(CEM, FIRST_MS, 205)] };
  const offenders = compareWithPromise(evidenceWith({ zones }), 'step_trainer_trusted');
  expect(first).toBeDefined();
  expect(offenders.map(({ readings }) => readings)).toEqual([[9], [0]]);
});

test('of a pair that is missing, step and sample are named', () => {
  const machine_learning_curated = RIGHT_ZONES.machine_learning_curated.slice(1);
  const evidence = evidenceWith({ zones: { machine_learning_curated } });
  const [missing] = compareWithPromise(evidence, 'machine_learning_curated');
  expect(missing?.readings).toEqual([0, 1]);
  expect(missing?.row).toHaveProperty('timeStamp');
});
