import { describe, expect, test } from 'vitest';
import {
  ANN,
  BOB,
  CEM,
  CHANGE_MS,
  customerRow,
  DUA,
  emailOf,
  evidenceWith,
  FIRST_MS,
  SECOND_MS,
  serialOf,
  stepRow,
} from '../small-world.ts';

const evidence = evidenceWith();

test('people are found by their e-mail', () => {
  expect([ANN, BOB, CEM, DUA].map((person) => evidence.personOf(emailOf(person)))).toEqual([
    0, 1, 2, 3,
  ]);
  expect(evidence.personOf('nobody@mail.example')).toBeUndefined();
  expect(evidence.personOf(null)).toBeUndefined();
});

describe('consent', () => {
  test('counts from its date on, and only as the last decision has it', () => {
    const from = [ANN, BOB, CEM, DUA].map((person) => evidence.consentFrom(person));
    expect(from).toEqual([FIRST_MS - 86_400_000, undefined, CHANGE_MS, undefined]);
    expect(evidence.consentFrom(99)).toBeUndefined();
  });

  test.each([
    [ANN, FIRST_MS, true],
    [BOB, SECOND_MS, false],
    [CEM, CHANGE_MS - 1, false],
    [CEM, CHANGE_MS, true],
    [DUA, FIRST_MS, false],
  ])('of person %i at %i: %s', (person, timeMs, expected) => {
    expect(evidence.mayBeUsed(person, timeMs)).toBe(expected);
  });
});

describe('a trainer row', () => {
  const { user: _, ...unnamed } = stepRow(ANN, FIRST_MS, 201);

  test('is believed to be of the person it names, or of nobody', () => {
    expect(evidence.believedPeople(stepRow(ANN, FIRST_MS, 201, CEM))).toEqual([CEM]);
    expect(evidence.believedPeople(stepRow(ANN, FIRST_MS, 201, null))).toEqual([]);
    expect(evidence.believedPeople({ ...unnamed, user: 'nobody@mail.example' })).toEqual([]);
  });

  test('without a name is of all curated customers with its serial number, each once', () => {
    const cem = { ...customerRow(CEM), serialNumber: serialOf(ANN) };
    const stranger = { ...customerRow(ANN), email: 'nobody@mail.example' };
    const shared = evidenceWith({
      zones: { customer_curated: [customerRow(ANN), cem, cem, stranger] },
    });
    expect(evidence.believedPeople(unnamed)).toEqual([ANN]);
    expect(shared.believedPeople(unnamed)).toEqual([ANN, CEM]);
    expect(shared.believedPeople({ ...unnamed, serialNumber: 'serial-9' })).toEqual([]);
  });

  test('was made by who really walked', () => {
    expect(evidence.walkerOf(stepRow(BOB, SECOND_MS, 204, ANN))).toBe(BOB);
    expect(evidence.walkerOf(stepRow(BOB, SECOND_MS, 205))).toBeUndefined();
  });
});
