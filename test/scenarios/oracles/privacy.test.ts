import { describe, expect, test } from 'vitest';
import {
  CONSENT_DATE,
  CONSENT_WITHDRAWAL,
  PRIVACY_LEAKS,
  PRIVACY_PERSONAL_DATA,
} from '../../../scenarios/oracles/privacy.ts';
import {
  ANN,
  BOB,
  CEM,
  CHANGE_MS,
  customerRow,
  DUA,
  EMPTY_ZONES,
  emailOf,
  evidenceWith,
  FIRST_MS,
  landedOnce,
  mlRow,
  RIGHT_ZONES,
  sampleRow,
  SECOND_MS,
  serialOf,
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

describe('privacy.personalData', () => {
  const rows = right.machine_learning_curated;

  test('finds nothing in the right table: a serial number alone is not personal', () => {
    const found = PRIVACY_PERSONAL_DATA.measure(evidenceWith());
    expect(found).toMatchObject({ measured: 0, chances: rows.length });
    expect(rows[0]).toHaveProperty('serialNumber', serialOf(ANN));
  });

  test.each([
    ['a column with a personal name', { email: null }],
    ['such a name in other letters', { EMAIL: null }],
    ['the name that phones use for an e-mail', { user: null }],
    ['a personal value in other letters', { device: emailOf(ANN).toUpperCase() }],
    ['a personal value under a harmless name', { device: emailOf(ANN) }],
    ['the telephone number of somebody else', { code: '8015550101' }],
  ])('counts %s', (_, column) => {
    const zones = { machine_learning_curated: rows.map((row) => ({ ...row, ...column })) };
    expect(PRIVACY_PERSONAL_DATA.measure(evidenceWith({ zones }))).toMatchObject({
      measured: 1,
      chances: rows.length,
    });
  });

  test('counts a column whose only personal value stands in its last row', () => {
    const last = rows.map((row, index) => ({
      ...row,
      note: index === rows.length - 1 ? 'Ann Walker' : '',
    }));
    const evidence = evidenceWith({ zones: { machine_learning_curated: last } });
    expect(PRIVACY_PERSONAL_DATA.measure(evidence)).toMatchObject({ measured: 1 });
  });

  test('has no chance in an empty table', () => {
    const evidence = evidenceWith({ zones: EMPTY_ZONES });
    expect(PRIVACY_PERSONAL_DATA.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});
