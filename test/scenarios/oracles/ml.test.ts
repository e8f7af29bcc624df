import { describe, expect, test } from 'vitest';
import { ML_JOIN_YIELD, ML_PAIRING } from '../../../scenarios/oracles/ml.ts';
import {
  ANN,
  BOB,
  CEM,
  EMPTY_ZONES,
  evidenceWith,
  FIRST_MS,
  landedOnce,
  mlRow,
  RIGHT_ZONES,
  SECOND_MS,
  smallReadings,
} from '../small-world.ts';

const RIGHT = RIGHT_ZONES.machine_learning_curated;

function measure(rows: typeof RIGHT) {
  const evidence = evidenceWith({ zones: { machine_learning_curated: rows } });
  return { pairing: ML_PAIRING.measure(evidence), joinYield: ML_JOIN_YIELD.measure(evidence) };
}

describe('ml.pairing', () => {
  test('finds nothing in the right table', () => {
    expect(measure(RIGHT).pairing).toMatchObject({ measured: 0, chances: 5 });
  });

  test("counts rows with another person's phone", () => {
    const mixed = [
      mlRow(ANN, SECOND_MS, 202, [0, -1, 0]),
      mlRow(CEM, SECOND_MS, 206, [1, 1, 0]),
      mlRow(ANN, FIRST_MS, 201, [0, 0, 0]),
    ];
    expect(measure([...RIGHT, ...mixed]).pairing).toMatchObject({
      measured: 3,
      chances: 8,
      sentence:
        "3 of 8 rows of machine_learning_curated pair one person's step with another person's phone.",
    });
  });

  test('counts rows with their own phone at another moment', () => {
    const moved = [mlRow(ANN, SECOND_MS, 202, [1, 0, 0], FIRST_MS)];
    expect(measure([...RIGHT, ...moved]).pairing).toMatchObject({
      measured: 1,
      chances: 6,
      sentence:
        "0 of 6 rows of machine_learning_curated pair one person's step with another person's phone, 1 with their own phone at another moment.",
    });
  });

  test('has no chance in an empty table', () => {
    expect(measure([]).pairing).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('ml.joinYield', () => {
  test('is 1 for the right table, however often a pair stands in it', () => {
    expect(measure(RIGHT).joinYield).toMatchObject({ measured: 1, chances: 5 });
    expect(measure([...RIGHT, ...RIGHT]).joinYield).toMatchObject({ measured: 1, chances: 5 });
  });

  test('falls with every pair that is missing, whatever stands there instead', () => {
    expect(measure(RIGHT.slice(2)).joinYield).toMatchObject({ measured: 3 / 5, chances: 5 });
    const instead = [...RIGHT.slice(1), mlRow(BOB, FIRST_MS, 203, [0, 0, 0])];
    expect(measure(instead).joinYield).toMatchObject({ measured: 4 / 5, chances: 5 });
    expect(measure([]).joinYield).toMatchObject({ measured: 0, chances: 5 });
  });

  test('expects only pairs of which both halves landed', () => {
    // Ann's first distance never landed, nor did one of Cem's two samples.
    const landed = landedOnce(smallReadings(), { 0: 0, 12: 0 });
    const evidence = evidenceWith({ landed, zones: { machine_learning_curated: [] } });
    expect(ML_JOIN_YIELD.measure(evidence)).toMatchObject({ measured: 0, chances: 2 });
  });

  test('has no chance without readings', () => {
    const evidence = evidenceWith({ readings: [], landed: landedOnce([]), zones: EMPTY_ZONES });
    expect(ML_JOIN_YIELD.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});
