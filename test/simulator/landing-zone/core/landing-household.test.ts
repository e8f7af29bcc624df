import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_LANDING,
  drawLandingHousehold,
  householdCount,
} from '../../../../simulator/landing-zone/index.ts';
import type { LandingHousehold, LandingSpec } from '../../../../simulator/landing-zone/index.ts';
import { seededStreams } from '../../../../simulator/seeded-random.ts';

const streams = seededStreams(7);

function drawAll(changes: Partial<LandingSpec>): LandingHousehold[] {
  const spec = { ...DEFAULT_LANDING, ...changes };
  return Array.from({ length: householdCount(spec) }, (_, household) =>
    drawLandingHousehold(spec, household, streams),
  );
}

function rowsOf<Table extends keyof LandingHousehold>(
  households: readonly LandingHousehold[],
  table: Table,
): LandingHousehold[Table][number][] {
  return households.flatMap((household) => [
    ...household[table],
  ]) as LandingHousehold[Table][number][];
}

describe('a household of the step test', () => {
  const households = drawAll({ customers: 400 });

  test('has one customer with one session of 30 readings, and at most three samples at the time of each', () => {
    for (const household of households) {
      expect(household.customer_landing).toHaveLength(1);
      expect(household.step_trainer_landing).toHaveLength(30);
      expect(household.sessions).toMatchObject([
        { readings: 30, samples: household.accelerometer_landing.length, phoneOffsetMs: 0 },
      ]);
      const times = household.step_trainer_landing.map((row) => row.sensorReadingTime);
      expect(new Set(household.accelerometer_landing.map((row) => row.timeStamp))).toEqual(
        new Set(times),
      );
      expect(times).toEqual(times.toSorted((left, right) => left - right));
    }
  });

  test('is drawn alone as among others', () => {
    const spec = { ...DEFAULT_LANDING, customers: 400 };
    expect(drawLandingHousehold(spec, 123, streams)).toEqual(households[123]);
    expect(drawLandingHousehold({ ...spec, customers: 4_000_000 }, 123, streams)).toEqual(
      households[123],
    );
  });

  test('believes the serial numbers of 30 trainers in turn, while the truth knows the own one', () => {
    const fulfilled = rowsOf(households, 'customer_landing').map((row) => row.serialNumber);
    const own = rowsOf(households, 'customers').map((row) => row.serialNumber);
    expect(new Set(own).size).toBe(400);
    expect(fulfilled).toEqual(own.map((_, person) => own[person % 30]));
    expect(rowsOf(households, 'customers').map((row) => row.fulfilledSerialNumber)).toEqual(
      fulfilled,
    );
  });

  test('has consent or none by the share, and rows that are older than it', () => {
    const given = rowsOf(households, 'customer_landing').filter(
      (row) => row.shareWithResearchAsOfDate !== undefined,
    );
    expect(given.length).toBeGreaterThan(160);
    expect(given.length).toBeLessThan(240);
    const early = households.filter(
      ({ customer_landing: [customer], sessions: [session] }) =>
        (customer?.registrationDate ?? 0) > (session?.sessionStart ?? 0),
    );
    expect(early.length).toBeGreaterThan(200);
  });
});

describe('faults', () => {
  test('loss takes moments out of both streams, and the truth counts what is left', () => {
    const households = drawAll({ customers: 200, loss: 0.1 });
    const readings = rowsOf(households, 'step_trainer_landing').length;
    expect(readings / 6_000).toBeCloseTo(0.9, 1);
    expect(readings).toBeLessThan(6_000);
    const counted = rowsOf(households, 'sessions').reduce((sum, row) => sum + row.readings, 0);
    expect(counted).toBe(readings);
    const times = new Set(
      rowsOf(households, 'accelerometer_landing').map((row) => `${row.user} ${row.timeStamp}`),
    );
    expect(times.size / 6_000).toBeCloseTo(0.9, 1);
    expect(times.size).toBeLessThan(6_000);
  });

  test('duplicates land twice and count once', () => {
    const households = drawAll({ customers: 100, duplicates: 1 });
    expect(rowsOf(households, 'step_trainer_landing')).toHaveLength(6_000);
    expect(rowsOf(households, 'sessions').every((row) => row.readings === 30)).toBe(true);
  });

  test('silent phones send nothing, in all sessions of their person', () => {
    const households = drawAll({ customers: 300, silentPhones: 0.3, sessionsPerPerson: 2 });
    const heard = new Set(rowsOf(households, 'accelerometer_landing').map((row) => row.user));
    const silent = new Set(
      rowsOf(households, 'sessions')
        .filter((row) => row.samples === 0)
        .map((row) => row.user),
    );
    expect(silent.size).toBeGreaterThan(60);
    expect(silent.size).toBeLessThan(120);
    expect([...silent].filter((user) => heard.has(user))).toEqual([]);
  });

  test("each phone has a skew of its own within the bound, which the truth knows and which moves its person's rows", () => {
    const still = drawAll({ customers: 100, sessionsPerPerson: 3 });
    const skewed = drawAll({
      customers: 100,
      sessionsPerPerson: 3,
      phoneClock: { skewMs: 2_000, driftPpm: 50 },
    });
    for (const [index, household] of skewed.entries()) {
      expect(household.step_trainer_landing).toEqual(still[index]?.step_trainer_landing);
      const [first] = household.accelerometer_landing;
      const offsetMs =
        (first?.timeStamp ?? 0) - (still[index]?.accelerometer_landing[0]?.timeStamp ?? 0);
      expect(Math.abs(offsetMs)).toBeLessThanOrEqual(2_000);
      expect(
        Math.abs((household.sessions[0]?.phoneOffsetMs ?? NaN) - offsetMs),
      ).toBeLessThanOrEqual(0.5);
    }
    const offsets = rowsOf(skewed, 'sessions').map((row) => row.phoneOffsetMs);
    expect(Math.max(...offsets)).toBeGreaterThan(1_500);
    expect(Math.min(...offsets)).toBeLessThan(-1_500);
  });
});

test('people of a household take turns on its trainer, and never share it', () => {
  const households = drawAll({ customers: 100, householdSize: 3, sessionsPerPerson: 3 });
  expect(households).toHaveLength(34);
  expect(households.at(-1)?.customers).toHaveLength(1);
  for (const { sessions, customers } of households) {
    expect(sessions).toHaveLength(3 * customers.length);
    expect(new Set(sessions.map((row) => row.serialNumber)).size).toBe(1);
    for (const [index, session] of sessions.slice(1).entries()) {
      expect(session.sessionStart).toBeGreaterThan(
        (sessions[index]?.sessionEnd ?? Infinity) + 30_000,
      );
    }
  }
});

test.each([[{ concurrency: 300 }], [{ concurrency: 50, householdSize: 3, sessionsPerPerson: 2 }]])(
  'as many sessions run at once as asked for: %o',
  (changes) => {
    const sessions = rowsOf(drawAll({ customers: 6_000, ...changes }), 'sessions');
    const starts = sessions.map((row) => row.sessionStart);
    const firstMs = Math.min(...starts);
    const lastMs = Math.max(...starts);
    // In the middle half, neither the beginning nor the end of the world thins the crowd out.
    const [fromMs, toMs] = [0.25, 0.75].map((share) => firstMs + share * (lastMs - firstMs)) as [
      number,
      number,
    ];
    const busyMs = sessions.reduce(
      (sum, row) =>
        sum + Math.max(0, Math.min(toMs, row.sessionEnd) - Math.max(fromMs, row.sessionStart)),
      0,
    );
    expect(busyMs / (toMs - fromMs) / changes.concurrency).toBeCloseTo(1, 1);
  },
);

test('the continuous profile is dense on both devices, each on a grid of its own', () => {
  const spec: LandingSpec = { ...DEFAULT_LANDING, profile: 'continuous', trainerRateHz: 20 };
  const household = drawLandingHousehold(spec, 0, streams);
  const [session] = household.sessions as [LandingHousehold['sessions'][number]];
  const seconds = (session.sessionEnd - session.sessionStart) / 1_000;
  expect(seconds).toBeGreaterThanOrEqual(60);
  expect(household.accelerometer_landing.length / seconds).toBeCloseTo(50, 0);
  expect(household.step_trainer_landing.length / seconds).toBeCloseTo(20, 0);
  expect(household.accelerometer_landing[0]?.y).toBeLessThan(0);
});

test('no two people have one e-mail address, however far apart their numbers are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(5_000_000), { minLength: 2, maxLength: 30 }), (people) => {
      const spec = { ...DEFAULT_LANDING, customers: 5_000_001 };
      const users = people.flatMap((person) =>
        drawLandingHousehold(spec, person, streams).customers.map((row) => row.user),
      );
      expect(new Set(users).size).toBe(people.length);
    }),
  );
});
