import { describe, expect, test } from 'vitest';
import {
  expectedRows,
  landingChunks,
} from '../../../../simulator/landing-zone/core/landing-chunks.ts';
import {
  DEFAULT_LANDING,
  drawLandingHousehold,
  LANDING_PROFILES,
} from '../../../../simulator/landing-zone/index.ts';
import { seededStreams } from '../../../../simulator/seeded-random.ts';

describe('pieces', () => {
  test.each([1, 5_000, 5_736, 100_000, 1_000_001])(
    'of %i customers hold each household once',
    (customers) => {
      const chunks = landingChunks({ ...DEFAULT_LANDING, customers, householdSize: 3 });
      let next = 0;
      for (const [index, { number, firstHousehold, households }] of chunks.entries()) {
        expect(number).toBe(index + 1);
        expect(firstHousehold).toBe(next);
        expect(households).toBeGreaterThan(0);
        next += households;
      }
      expect(next).toBe(Math.ceil(customers / 3));
    },
  );

  test('begin at the same households however many customers there are', () => {
    const few = landingChunks({ ...DEFAULT_LANDING, customers: 20_000 });
    const many = landingChunks({ ...DEFAULT_LANDING, customers: 2_000_000 });
    expect(many.slice(0, few.length - 1)).toEqual(few.slice(0, -1));
  });

  test('have a household at least, however long it is on its trainer', () => {
    const spec = { ...DEFAULT_LANDING, customers: 4, householdSize: 2, sessionsPerPerson: 1_000 };
    expect(landingChunks({ ...spec, profile: 'continuous' })).toHaveLength(2);
  });
});

test.each(LANDING_PROFILES)('the rows that %s is expected to have are those it has', (profile) => {
  const spec = { ...DEFAULT_LANDING, profile, customers: profile === 'continuous' ? 15 : 400 };
  const rows = { accelerometer: 0, stepTrainer: 0 };
  for (let household = 0; household < spec.customers; household++) {
    const drawn = drawLandingHousehold(spec, household, seededStreams(1));
    rows.accelerometer += drawn.accelerometer_landing.length / spec.customers;
    rows.stepTrainer += drawn.step_trainer_landing.length / spec.customers;
  }
  const expected = expectedRows(spec);
  expect(rows.accelerometer / expected.accelerometer).toBeCloseTo(1, 0);
  expect(rows.stepTrainer / expected.stepTrainer).toBeCloseTo(1, 0);
});
