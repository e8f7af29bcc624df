import { describe, expect, test } from 'vitest';
import {
  firstOffenders,
  NOBODY_BEHIND,
  OFFENDERS_MAX,
  readingOffender,
  rowOffender,
} from '../../../scenarios/oracles/offender.ts';
import { ORACLES } from '../../../scenarios/oracles/all-oracles.ts';
import type { Truth } from '../../../simulator/index.ts';
import {
  ANN,
  BOB,
  customerRow,
  evidenceOfABadCable,
  evidenceWith,
  FIRST_MS,
  mlRow,
  sampleRow,
  stepRow,
} from '../small-world.ts';
import type { Offender } from '../../../scenarios/oracles/offender.ts';

const evidence = evidenceWith();
const [DISTANCE, SAMPLE] = evidence.readings as readonly [Truth, Truth];

test('only the first offenders are made', () => {
  let made = 0;
  const items = Array.from({ length: 1_000 }, (_none, index) => index);
  const offenders = firstOffenders(items, () => {
    made++;
    return { table: '', row: {}, truth: '', ...NOBODY_BEHIND };
  });
  expect([offenders.length, made]).toEqual([OFFENDERS_MAX, OFFENDERS_MAX]);
});

test('what offends in the same way again is named once, with how often', () => {
  const toOffender = (item: string): Offender => {
    return { table: item, row: {}, truth: '', ...NOBODY_BEHIND };
  };
  const offenders = firstOffenders(['a', 'b', 'a', 'a'], toOffender);
  expect(offenders.map(({ table, times }) => [table, times])).toEqual([
    ['a', 3],
    ['b', undefined],
  ]);
});

test('a row stands beside the truth, with the readings behind it and why it offends', () => {
  const row = stepRow(ANN, FIRST_MS, 201, BOB);
  expect(
    rowOffender(evidence, { table: 'step_trainer_trusted', row, why: 'Bob is named' }),
  ).toEqual({
    table: 'step_trainer_trusted',
    row: {
      sensorReadingTime: FIRST_MS,
      serialNumber: 'serial-0',
      distanceFromObject: 201,
      user: 'e-mail of person 1',
    },
    truth: 'Person 0 made it at 2022-06-18T15:00:00.000Z; Bob is named.',
    readings: [DISTANCE.id],
    people: [0, 1],
    steps: [],
  });
});

test('people whom an oracle names beside the row are named for programs, too', () => {
  const row = stepRow(ANN, FIRST_MS, 201);
  const place = { table: 'step_trainer_trusted', row } as const;
  const named = rowOffender(evidence, { ...place, why: 'Cem is named', people: [2, 0] });
  expect(named.people).toEqual([0, 2]);
  const crowd = rowOffender(evidence, { ...place, people: [1, 2, 3, 4, 5] });
  expect(crowd.people).toEqual([0, 1, 2]);
});

test('a reading is of a step of its session', () => {
  const steps = [{ atMs: FIRST_MS - 500 }, { atMs: FIRST_MS }];
  const sessions = [{ startMs: FIRST_MS - 1_000, endMs: FIRST_MS + 10_000, steps }];
  const people = evidence.world.people.map((person) => ({ ...person, sessions }));
  const world = { value: { ...evidence.world, people } };
  const placed = Object.create(evidence, { world }) as typeof evidence;
  expect(readingOffender(placed, { truth: DISTANCE, why: 'it is missing' })).toMatchObject({
    truth: expect.stringContaining('(session 0, step 1)'),
    people: [0],
    steps: [1],
  });
});

describe('a reading that is missing', () => {
  test.each([
    [DISTANCE, 'step_trainer_landing', { serialNumber: 'serial-0', distanceFromObject: 201 }],
    [SAMPLE, 'accelerometer_landing', { user: 'e-mail of person 0', x: 1, y: 0, z: 0 }],
  ] as const)('is shown as the row that it would be', (truth, table, row) => {
    const offender = readingOffender(evidence, { truth, why: 'it is missing' });
    expect(offender).toMatchObject({ table, row, readings: [truth.id] });
    expect(offender.truth).toMatch(/^Person 0 made it at .*; it is missing\.$/);
  });
});

test('no oracle tells who anybody is, whatever is wrong', () => {
  const zones = {
    customer_trusted: [customerRow(BOB), customerRow(BOB)],
    accelerometer_trusted: [sampleRow(BOB, FIRST_MS, [0, 0, 0])],
    customer_curated: [customerRow(BOB)],
    step_trainer_trusted: [stepRow(BOB, FIRST_MS, 203, ANN), stepRow(ANN, FIRST_MS, 999)],
    machine_learning_curated: [
      { ...mlRow(BOB, FIRST_MS, 203, [1, 0, 0]), device: 'bob@mail.example' },
    ],
  };
  const told = ORACLES.map((oracle) => oracle.measure(evidenceOfABadCable(zones)));
  expect(told.filter(({ offenders }) => offenders.length > 0).length).toBeGreaterThan(15);
  expect(JSON.stringify(told)).not.toMatch(/@mail|walker|8015550/i);
  // Whom the words name, the field names as well.
  for (const { row, truth, people } of told.flatMap(({ offenders }) => offenders)) {
    const words = `${truth} ${JSON.stringify(row)}`;
    const named = [...words.matchAll(/\bperson (\d+)/gi)].map(([, id]) => Number(id));
    expect(people).toEqual(expect.arrayContaining(named));
  }
});
