import { describe, expect, test } from 'vitest';
import {
  CONSENT_DATE,
  CONSENT_OTHER_AUDIENCE,
  CONSENT_WITHDRAWAL,
  PRIVACY_LEAKS,
} from '../../../scenarios/oracles/consent.ts';
import {
  ANN,
  BOB,
  CEM,
  CHANGE_MS,
  customerRow,
  DUA,
  evidenceOfABadCable,
  evidenceWith,
  FIRST_MS,
  landedOnce,
  mlRow,
  RIGHT_ZONES,
  sampleRow,
  SECOND_MS,
  smallReadings,
  smallWorld,
  stepRow,
} from '../small-world.ts';

/** Everybody consents from registration on: nobody whose data could leak. */
const SHARING_WORLD = {
  ...smallWorld(),
  consents: smallWorld().consents.map(() => smallWorld().consents[ANN] as never),
};
const right = RIGHT_ZONES;

/** One row about a person in each table; for Bob and Dua, five rows that must not be there. */
function zonesWith(person: number, distance: number, sample: readonly [number, number, number]) {
  return {
    customer_trusted: [...right.customer_trusted, customerRow(person)],
    accelerometer_trusted: [...right.accelerometer_trusted, sampleRow(person, SECOND_MS, sample)],
    customer_curated: [...right.customer_curated, customerRow(person)],
    step_trainer_trusted: [...right.step_trainer_trusted, stepRow(person, SECOND_MS, distance)],
    machine_learning_curated: [
      ...right.machine_learning_curated,
      mlRow(person, SECOND_MS, distance, sample),
    ],
  };
}
const WITH_BOB = zonesWith(BOB, 204, [-1, 0, -1]);
const WITH_DUA = zonesWith(DUA, 208, [-1, 1, -1]);

describe('privacy.leaks', () => {
  test('finds nothing in the right zones; Bob and Dua are the two people who could be there', () => {
    expect(PRIVACY_LEAKS.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 2 });
  });

  test('counts rows in all five tables, of people who never consented and of people who withdrew', () => {
    expect(PRIVACY_LEAKS.measure(evidenceWith({ zones: WITH_BOB })).measured).toBe(5);
    expect(PRIVACY_LEAKS.measure(evidenceWith({ zones: WITH_DUA })).measured).toBe(5);
  });

  test('counts an ML row once, whether the step, the sample or both are of somebody who does not share', () => {
    const rows = [
      mlRow(BOB, SECOND_MS, 204, [1, 1, 0]),
      mlRow(ANN, SECOND_MS, 202, [-1, 0, -1]),
      mlRow(BOB, SECOND_MS, 204, [-1, 0, -1]),
    ];
    const evidence = evidenceWith({ zones: { machine_learning_curated: rows } });
    expect(PRIVACY_LEAKS.measure(evidence).measured).toBe(3);
  });

  test('knows a reading by the body that made it, not by the name in the row', () => {
    const rows = [stepRow(BOB, SECOND_MS, 204, ANN)];
    const evidence = evidenceWith({ zones: { step_trainer_trusted: rows } });
    expect(PRIVACY_LEAKS.measure(evidence).measured).toBe(1);
  });

  test('has no chance when everybody shares', () => {
    const evidence = evidenceWith({ world: SHARING_WORLD, zones: WITH_BOB });
    expect(PRIVACY_LEAKS.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('consent.withdrawal', () => {
  test('counts rows about people who withdrew, and not about those who never consented', () => {
    expect(CONSENT_WITHDRAWAL.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 1 });
    const withDua = CONSENT_WITHDRAWAL.measure(evidenceWith({ zones: WITH_DUA }));
    expect(withDua).toMatchObject({ measured: 5, chances: 1 });
    const withBob = CONSENT_WITHDRAWAL.measure(evidenceWith({ zones: WITH_BOB }));
    expect(withBob).toMatchObject({ measured: 0, chances: 1 });
  });

  test('has no chance when nobody withdrew', () => {
    const evidence = evidenceWith({ world: SHARING_WORLD });
    expect(CONSENT_WITHDRAWAL.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('consent.date', () => {
  const early = {
    accelerometer_trusted: [sampleRow(CEM, FIRST_MS, [1, -1, 0])],
    step_trainer_trusted: [stepRow(CEM, FIRST_MS, 205)],
    machine_learning_curated: [mlRow(CEM, FIRST_MS, 205, [1, -1, 0])],
  };

  test('finds nothing in the right zones; the two readings of the step before his consent had the chance', () => {
    expect(CONSENT_DATE.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 2 });
  });

  test('counts rows from before consent in the three tables with readings', () => {
    expect(CONSENT_DATE.measure(evidenceWith({ zones: early }))).toMatchObject({
      measured: 3,
      chances: 2,
    });
  });

  test.each([
    [CHANGE_MS - 1, 1],
    [CHANGE_MS, 0],
  ])('a row at %i, of somebody who consented at 1655564401000, counts %i times', (timeMs, rows) => {
    const zones = { accelerometer_trusted: [sampleRow(CEM, timeMs, [1, -1, 0])] };
    expect(CONSENT_DATE.measure(evidenceWith({ zones })).measured).toBe(rows);
  });

  test('has no chance when nobody made a reading before consenting', () => {
    const readings = smallReadings().filter(({ person }) => person !== CEM);
    const evidence = evidenceWith({ readings, landed: landedOnce(readings) });
    expect(CONSENT_DATE.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('consent.otherAudience', () => {
  test('counts rows about people who share with the public only', () => {
    expect(CONSENT_OTHER_AUDIENCE.measure(evidenceOfABadCable())).toMatchObject({
      measured: 0,
      chances: 1,
    });
    const leaking = CONSENT_OTHER_AUDIENCE.measure(evidenceOfABadCable(WITH_BOB));
    expect(leaking).toMatchObject({ measured: 5, chances: 1 });
    const withDua = CONSENT_OTHER_AUDIENCE.measure(evidenceOfABadCable(WITH_DUA));
    expect(withDua).toMatchObject({ measured: 0, chances: 1 });
  });
});

describe('offenders', () => {
  test('are the rows, without personal data, each with what its person decided', () => {
    const { offenders } = PRIVACY_LEAKS.measure(evidenceWith({ zones: WITH_BOB }));
    expect(offenders.map(({ table }) => table)).toEqual([
      'customer_trusted',
      'customer_curated',
      'accelerometer_trusted',
      'step_trainer_trusted',
      'machine_learning_curated',
    ]);
    expect(offenders[0]?.truth).toBe('Person 1 never shared data for research.');
    expect(offenders[3]).toMatchObject({
      row: { serialNumber: 'serial-1', distanceFromObject: 204, user: 'e-mail of person 1' },
      truth:
        'Person 1 made it at 2022-06-18T15:00:02.000Z; person 1 never shared data for research.',
    });
    expect(JSON.stringify(offenders)).not.toMatch(/bob|8015550101|1960/i);
  });

  test('lead to the readings behind them', () => {
    const { offenders } = PRIVACY_LEAKS.measure(evidenceWith({ zones: WITH_BOB }));
    const kinds = offenders.map(({ readings }) => readings.map((id) => smallReadings()[id]?.kind));
    expect(kinds).toEqual([[], [], ['acceleration'], ['distance'], ['distance', 'acceleration']]);
  });
});
