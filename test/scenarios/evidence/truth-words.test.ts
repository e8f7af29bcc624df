import { describe, expect, test } from 'vitest';
import {
  placeOf,
  tellConsent,
  tellReading,
  tellRow,
} from '../../../scenarios/evidence/truth-words.ts';
import { NOBODY } from '../../../simulator/index.ts';
import type { Truth } from '../../../simulator/index.ts';
import {
  ANN,
  BOB,
  CEM,
  customerRow,
  DUA,
  evidenceWith,
  FIRST_MS,
  mlRow,
  SECOND_MS,
  smallWorld,
  stepRow,
} from '../small-world.ts';

const evidence = evidenceWith();
const [ANN_FIRST] = evidence.readings as readonly [Truth];

test.each([
  [ANN, 'shares data for research from 2022-06-17T15:00:00.000Z on'],
  [BOB, 'never shared data for research'],
  [
    CEM,
    'shares data for research from 2022-06-18T15:00:01.000Z on (refused at 2022-06-17T15:00:00.000Z, shared from 2022-06-18T15:00:01.000Z)',
  ],
  [DUA, 'withdrew consent at 2022-06-18T15:00:01.000Z'],
  [99, 'is nobody of this world'],
])('person %i %s', (person, words) => {
  expect(tellConsent(evidence, person)).toBe(words);
});

describe('a reading', () => {
  test('is told with its person, its time, and its step where there is a session', () => {
    expect(tellReading(evidence, ANN_FIRST)).toBe('Person 0 made it at 2022-06-18T15:00:00.000Z');
    const steps = [{ atMs: FIRST_MS, distance: 201, accelerations: [] }];
    const sessions = [{ startMs: FIRST_MS, endMs: SECOND_MS, steps }];
    const world = smallWorld();
    const people = world.people.map((person) => ({ ...person, sessions }));
    const walking = evidenceWith({ world: { ...world, people } });
    expect(placeOf(walking, ANN_FIRST)).toEqual({ session: 0, step: 0 });
    expect(tellReading(walking, ANN_FIRST)).toContain('(session 0, step 0)');
  });

  test('of a recorded device is nobody’s', () => {
    expect(tellReading(evidence, { ...ANN_FIRST, person: NOBODY })).toMatch(
      /^A recorded device sent it at /,
    );
  });
});

test.each([
  ['customer_trusted', customerRow(BOB), 'Person 1 never shared data for research'],
  [
    'step_trainer_trusted',
    stepRow(ANN, FIRST_MS, 201, CEM),
    'Person 0 made it at 2022-06-18T15:00:00.000Z',
  ],
  [
    'machine_learning_curated',
    mlRow(ANN, SECOND_MS, 202, [0, -1, 0]),
    'Person 0 made it at 2022-06-18T15:00:02.000Z; the sample was made by person 2 at 2022-06-18T15:00:02.000Z',
  ],
  ['step_trainer_trusted', stepRow(ANN, FIRST_MS, 999), 'Nobody of this world stands behind it'],
] as const)('a row of %s is told by the truth behind it', (table, row, words) => {
  expect(tellRow(evidence, table, row)).toBe(words);
});
