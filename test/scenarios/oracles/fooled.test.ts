/** Pipelines that try to look right. Each must be found out, by the oracles that are named here and by no others. */
import { describe, expect, test } from 'vitest';
import type { Zones } from '../../../scenarios/evidence/evidence.ts';
import { judgeRun } from '../../../scenarios/oracles/judge.ts';
import {
  ANN,
  BOB,
  CEM,
  curatedRow,
  customerRow,
  DUA,
  EMPTY_ZONES,
  evidenceOfABadCable,
  FIRST_MS,
  mlRow,
  RIGHT_ZONES,
  sampleRow,
  SECOND_MS,
  stepRow,
} from '../small-world.ts';
import { perfectionPlan } from './all-expectations.ts';

const right = RIGHT_ZONES;

function failing(zones: Partial<Zones>): string[] {
  const results = judgeRun(perfectionPlan(), evidenceOfABadCable(zones));
  return results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
}

const COUNTS = [
  'counts.customer_trusted',
  'counts.accelerometer_trusted',
  'counts.customer_curated',
  'counts.step_trainer_trusted',
  'counts.machine_learning_curated',
];

describe('a pipeline that', () => {
  test('gives the right rows passes', () => {
    expect(failing({})).toEqual([]);
  });

  test('gives nothing', () => {
    expect(failing(EMPTY_ZONES)).toEqual([
      'landing.late',
      'landing.dirt',
      ...COUNTS,
      // Where there is nothing to judge, that is no reason to pass.
      'privacy.personalData',
      'consent.regiven',
      'attribution.precision',
      'attribution.recall',
      'attribution.f1',
      'ml.pairing',
      'ml.joinYield',
      'zones.schema',
      'zones.missing',
      'zones.unexpected',
      'zones.duplicates',
      'zones.idempotence',
    ]);
  });

  test('gives everything that landed', () => {
    const people = [ANN, BOB, CEM, DUA].map(customerRow);
    const everything: Zones = {
      customer_trusted: people,
      customer_curated: [ANN, BOB, CEM, DUA].map(curatedRow),
      accelerometer_trusted: [
        ...right.accelerometer_trusted,
        sampleRow(BOB, FIRST_MS, [0, 0, 0]),
        sampleRow(BOB, SECOND_MS, [-1, 0, -1]),
        sampleRow(CEM, FIRST_MS, [1, -1, 0]),
        sampleRow(DUA, FIRST_MS, [-1, -1, 0]),
        sampleRow(DUA, SECOND_MS, [-1, 1, -1]),
      ],
      step_trainer_trusted: [
        ...right.step_trainer_trusted,
        stepRow(BOB, FIRST_MS, 203),
        stepRow(BOB, SECOND_MS, 204),
        stepRow(CEM, FIRST_MS, 205),
        stepRow(DUA, FIRST_MS, 207),
        stepRow(DUA, SECOND_MS, 208),
      ],
      machine_learning_curated: [
        ...right.machine_learning_curated,
        mlRow(BOB, FIRST_MS, 203, [0, 0, 0]),
        mlRow(CEM, FIRST_MS, 205, [1, -1, 0]),
        mlRow(DUA, SECOND_MS, 208, [-1, 1, -1]),
      ],
    };
    expect(failing(everything)).toEqual([
      ...COUNTS,
      'privacy.leaks',
      'consent.date',
      'consent.withdrawal',
      'consent.regiven',
      'consent.otherAudience',
    ]);
  });

  test('lets in somebody who does not share in the place of somebody who does', () => {
    const zones = {
      customer_trusted: [customerRow(ANN), customerRow(BOB)],
      customer_curated: [curatedRow(ANN), curatedRow(BOB)],
    };
    expect(failing(zones)).toEqual(['privacy.leaks', 'consent.otherAudience', 'zones.missing']);
  });

  test('exchanges the samples of two people', () => {
    const zones = {
      accelerometer_trusted: [
        ...right.accelerometer_trusted.slice(0, 2),
        sampleRow(CEM, SECOND_MS, [1, 1, 0]),
        sampleRow(ANN, SECOND_MS, [0, -1, 0]),
        sampleRow(CEM, SECOND_MS, [0, 1, 0]),
      ],
    };
    expect(failing(zones)).toEqual([
      'landing.dirt',
      'consent.regiven',
      'zones.missing',
      'zones.unexpected',
    ]);
  });

  test('exchanges the trainers of two people', () => {
    const zones = {
      step_trainer_trusted: [
        stepRow(ANN, FIRST_MS, 201),
        stepRow(ANN, SECOND_MS, 202, CEM),
        stepRow(CEM, SECOND_MS, 206, ANN),
      ],
    };
    expect(failing(zones)).toEqual([
      'attribution.precision',
      'attribution.recall',
      'attribution.f1',
    ]);
  });

  test('exchanges the phones of two people in the ML table', () => {
    const zones = {
      machine_learning_curated: [
        ...right.machine_learning_curated.slice(0, 2),
        mlRow(ANN, SECOND_MS, 202, [0, -1, 0]),
        mlRow(CEM, SECOND_MS, 206, [1, 1, 0]),
        mlRow(CEM, SECOND_MS, 206, [0, 1, 0]),
      ],
    };
    expect(failing(zones)).toEqual(['ml.pairing', 'ml.joinYield']);
  });

  test.each([
    ['customer_trusted', ['zones.missing', 'zones.duplicates']],
    [
      'accelerometer_trusted',
      ['landing.late', 'landing.dirt', 'consent.regiven', 'zones.missing', 'zones.duplicates'],
    ],
    ['customer_curated', ['zones.missing', 'zones.duplicates']],
    [
      'step_trainer_trusted',
      ['consent.regiven', 'attribution.recall', 'attribution.f1', 'zones.duplicates'],
    ],
    ['machine_learning_curated', ['ml.joinYield', 'zones.duplicates']],
  ] as const)('repeats one row of %s and leaves another out', (table, oracles) => {
    const rows = [...right[table]];
    rows[rows.length - 1] = rows[0] as (typeof rows)[number];
    expect(failing({ [table]: rows })).toEqual(oracles);
  });

  test('repeats one row in each table', () => {
    const zones = Object.fromEntries(
      Object.entries(right).map(([table, rows]) => [table, [...rows, rows[0]]]),
    );
    expect(failing(zones)).toEqual(['landing.late', ...COUNTS, 'zones.duplicates']);
  });

  test('pairs every step with all samples of the same person', () => {
    const moved = [
      mlRow(ANN, FIRST_MS, 201, [1, 1, 0], SECOND_MS),
      mlRow(ANN, SECOND_MS, 202, [1, 0, 0], FIRST_MS),
      mlRow(ANN, SECOND_MS, 202, [0, 1, -1], FIRST_MS),
    ];
    expect(
      failing({ machine_learning_curated: [...right.machine_learning_curated, ...moved] }),
    ).toEqual(['counts.machine_learning_curated', 'ml.pairing']);
  });

  test('names nobody rather than somebody wrong', () => {
    const rows = right.step_trainer_trusted.map((row) => ({ ...row, user: null }));
    expect(failing({ step_trainer_trusted: rows })).toEqual([
      'attribution.precision',
      'attribution.recall',
      'attribution.f1',
    ]);
  });

  test('changes a distance by one', () => {
    const rows = right.step_trainer_trusted.map((row) => ({
      ...row,
      distanceFromObject: Number(row['distanceFromObject']) + 1,
    }));
    expect(failing({ step_trainer_trusted: rows })).toEqual([
      'consent.regiven',
      'attribution.precision',
      'attribution.recall',
      'attribution.f1',
      'zones.unexpected',
    ]);
  });
});
