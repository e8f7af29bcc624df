import { describe, expect, test } from 'vitest';
import type { ZoneRow } from '../../../pipeline/index.ts';
import { ZONES_MISSING, ZONES_UNEXPECTED } from '../../../scenarios/oracles/records.ts';
import {
  ANN,
  BOB,
  CEM,
  curatedRow,
  customerRow,
  EMPTY_ZONES,
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

const right = RIGHT_ZONES;
const NOBODY = { world: { ...smallWorld(), people: [], consents: [] }, readings: [] };

describe('zones.missing', () => {
  test('finds nothing in the right zones', () => {
    // Two customers, twice, and five samples.
    expect(ZONES_MISSING.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 9 });
  });

  test('counts what is missing in each of the three tables', () => {
    const zones = {
      customer_trusted: [customerRow(ANN)],
      customer_curated: [],
      accelerometer_trusted: right.accelerometer_trusted.slice(2),
    };
    expect(ZONES_MISSING.measure(evidenceWith({ zones }))).toMatchObject({
      measured: 5,
      chances: 9,
      sentence:
        '5 rows that belong into the zones are missing: 1 in customer_trusted, 2 in customer_curated, 2 in accelerometer_trusted.',
    });
  });

  test('is not fooled by another row in the place of the missing one', () => {
    const zones = {
      customer_trusted: [customerRow(ANN), customerRow(BOB)],
      accelerometer_trusted: [
        ...right.accelerometer_trusted.slice(1),
        sampleRow(CEM, FIRST_MS, [1, 0, 0]),
      ],
    };
    expect(ZONES_MISSING.measure(evidenceWith({ zones })).measured).toBe(2);
  });

  test('expects no curated customer whose samples did not land', () => {
    // Cem's two usable samples.
    const landed = landedOnce(smallReadings(), { 12: 0, 13: 0 });
    const zones = {
      customer_curated: [customerRow(ANN)],
      accelerometer_trusted: right.accelerometer_trusted.slice(0, 3),
    };
    const evidence = evidenceWith({ landed, zones });
    expect(ZONES_MISSING.measure(evidence)).toMatchObject({ measured: 0, chances: 6 });
  });

  test('has no chance when nobody shares anything', () => {
    const evidence = evidenceWith({ ...NOBODY, landed: landedOnce([]), zones: EMPTY_ZONES });
    expect(ZONES_MISSING.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('zones.unexpected', () => {
  test('finds nothing in the right zones, nor in zones that hold too much of what happened', () => {
    expect(ZONES_UNEXPECTED.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 17 });
    const zones = {
      customer_trusted: [...right.customer_trusted, customerRow(BOB)],
      step_trainer_trusted: [...right.step_trainer_trusted, stepRow(BOB, FIRST_MS, 203)],
    };
    expect(ZONES_UNEXPECTED.measure(evidenceWith({ zones }))).toMatchObject({
      measured: 0,
      chances: 19,
    });
  });

  test.each([
    [
      'a customer that nobody is',
      { customer_trusted: { ...customerRow(ANN), email: 'x@y.example' } },
    ],
    [
      'a customer with the serial number of another',
      { customer_curated: { ...customerRow(ANN), serialNumber: 'serial-2' } },
    ],
    [
      'a customer in a version that never was',
      { customer_trusted: { ...customerRow(CEM), lastUpdateDate: 1 } },
    ],
    [
      "Ann's sample under Cem's name",
      { accelerometer_trusted: sampleRow(CEM, FIRST_MS, [1, 0, 0]) },
    ],
    [
      'a sample with a changed value',
      { accelerometer_trusted: sampleRow(ANN, FIRST_MS, [1, 0, 1]) },
    ],
    ['a reading at another time', { step_trainer_trusted: stepRow(ANN, FIRST_MS + 1, 201) }],
    [
      'a pair with an unknown step',
      { machine_learning_curated: mlRow(ANN, FIRST_MS, 299, [1, 0, 0]) },
    ],
    [
      'a pair with an unknown sample',
      { machine_learning_curated: mlRow(ANN, FIRST_MS, 201, [1, 0, 1]) },
    ],
  ])('counts %s', (_, planted) => {
    const [[table, row]] = Object.entries(planted) as [
      [keyof typeof right, (typeof right.customer_trusted)[number]],
    ];
    const evidence = evidenceWith({ zones: { [table]: [...right[table], row, row] } });
    expect(ZONES_UNEXPECTED.measure(evidence)).toMatchObject({
      measured: 2,
      chances: 19,
      sentence: `2 rows of the zones stand for nothing that anybody did: 2 in ${table}.`,
    });
  });

  test('accepts the version that was in force at registration', () => {
    const registered = {
      ...customerRow(CEM),
      lastUpdateDate: customerRow(CEM)['registrationDate'] as number,
    };
    const zones = { customer_trusted: [{ ...registered, shareWithResearchAsOfDate: null }] };
    expect(ZONES_UNEXPECTED.measure(evidenceWith({ zones })).measured).toBe(0);
    const evidence = evidenceWith({
      zones: { customer_trusted: [{ ...registered, shareWithResearchAsOfDate: SECOND_MS }] },
    });
    expect(ZONES_UNEXPECTED.measure(evidence).measured).toBe(1);
  });

  test('has no chance in empty zones', () => {
    const evidence = evidenceWith({ zones: EMPTY_ZONES });
    expect(ZONES_UNEXPECTED.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});

test('a curated customer with a trainer that they were never on is unexpected, one without any is not', () => {
  const withTrainer = (person: number, trainerSerialNumber: string | null): ZoneRow => ({
    ...curatedRow(person),
    trainerSerialNumber,
  });
  const zones = { customer_curated: [withTrainer(ANN, serialOf(CEM)), withTrainer(CEM, null)] };
  expect(ZONES_UNEXPECTED.measure(evidenceWith({ zones }))).toMatchObject({
    measured: 1,
    sentence: '1 row of the zones stands for nothing that anybody did: 1 in customer_curated.',
    offenders: [{ truth: expect.stringMatching(/never on that trainer/) as string }],
  });
});
