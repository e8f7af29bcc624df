import { expect, test } from 'vitest';
import { findClaims } from '../../../scenarios/evidence/claims.ts';
import { promisedRows, promiseKey } from '../../../scenarios/evidence/promised-rows.ts';
import { personalRows } from '../../../scenarios/evidence/personal-rows.ts';
import { rightPairs } from '../../../scenarios/evidence/right-pairs.ts';
import { rowTruth } from '../../../scenarios/evidence/row-truth.ts';
import {
  ANN,
  BOB,
  CEM,
  evidenceWith,
  FIRST_MS,
  mlRow,
  RIGHT_ZONES,
  stepRow,
} from '../small-world.ts';

test('a row claims the person it names; one that is repeated claims once', () => {
  const row = stepRow(ANN, FIRST_MS, 201, CEM);
  const claims = findClaims(evidenceWith({ zones: { step_trainer_trusted: [row, row] } }));
  expect(claims).toMatchObject({ made: 1, right: 0 });
  expect([...claims.believedOf]).toEqual([[0, [CEM]]]);
  expect(claims.usable).toHaveLength(3);
});

test('the promised pairs of strict are those of one step, of classic those of one ms', () => {
  const strict = promisedRows(evidenceWith()).machine_learning_curated.map(promiseKey);
  expect(strict).toEqual(['0|1', '0|2', '3|4', '11|12', '11|13']);
  const classic = promisedRows(evidenceWith({ policy: 'classic' }));
  expect(classic.machine_learning_curated.map(promiseKey)).toContain('0|10');
});

test('right pairs know whether they are there', () => {
  const machine_learning_curated = RIGHT_ZONES.machine_learning_curated.slice(1);
  const pairs = rightPairs(evidenceWith({ zones: { machine_learning_curated } }));
  expect(pairs.map(({ isFound }) => isFound)).toEqual([false, true, true, true, true]);
});

test('every row of the zones is about somebody', () => {
  const rows = personalRows(evidenceWith());
  expect(rows).toHaveLength(17);
  expect(rows.filter(({ people }) => people.length === 0)).toEqual([]);
});

test('two people stand behind a pair that mixes them, nobody behind what nobody made', () => {
  const evidence = evidenceWith();
  const mixed = mlRow(BOB, FIRST_MS, 203, [1, 0, 0]);
  expect(rowTruth(evidence, 'machine_learning_curated', mixed).people).toEqual([BOB, ANN]);
  expect(rowTruth(evidence, 'step_trainer_trusted', stepRow(ANN, FIRST_MS, 999))).toEqual({
    readings: [],
    people: [],
  });
});
