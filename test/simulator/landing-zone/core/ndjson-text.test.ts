import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANDING_OBJECTS } from '../../../../simulator/landing-zone/core/landing-columns.ts';
import { ndjsonText } from '../../../../simulator/landing-zone/core/ndjson-text.ts';
import {
  DEFAULT_LANDING,
  drawLandingHousehold,
  LANDING_PROFILES,
} from '../../../../simulator/landing-zone/index.ts';
import type { LandingHousehold } from '../../../../simulator/landing-zone/index.ts';
import { seededStreams } from '../../../../simulator/seeded-random.ts';

function stringified(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

test.each(
  LANDING_PROFILES.flatMap((profile) => LANDING_OBJECTS.map((kind) => [profile, kind] as const)),
)('lines of %s, %s, are those of JSON.stringify', (profile, kind) => {
  const spec = {
    ...DEFAULT_LANDING,
    profile,
    householdSize: 2,
    phoneClock: { skewMs: 2_000, driftPpm: 50 },
  };
  const household = drawLandingHousehold(spec, 5, seededStreams(1));
  expect(ndjsonText(household, kind)).toBe(stringified(household[kind]));
});

test('names with any character and times with any digits are written as JSON.stringify does', () => {
  const time = fc.oneof(fc.nat(2_000_000), fc.integer({ min: 0, max: 253_402_300_799_999 }));
  const user = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(user, fc.array(time, { minLength: 1 }), (name, times) => {
      const household: LandingHousehold = {
        customer_landing: [],
        accelerometer_landing: times.map((timeStamp) => ({
          user: name,
          timeStamp,
          x: 0.5,
          y: -1,
          z: 1e-7,
        })),
        step_trainer_landing: times.map((sensorReadingTime) => ({
          sensorReadingTime,
          serialNumber: name,
          distanceFromObject: 7,
        })),
        customers: [],
        sessions: [],
      };
      for (const kind of ['accelerometer_landing', 'step_trainer_landing'] as const) {
        expect(ndjsonText(household, kind)).toBe(stringified(household[kind]));
      }
    }),
  );
});
