import { describe, expect, test } from 'vitest';
import {
  ATTRIBUTION_PRECISION,
  ATTRIBUTION_RECALL,
} from '../../../scenarios/oracles/attribution.ts';
import {
  ANN,
  BOB,
  CEM,
  customerRow,
  EMPTY_ZONES,
  evidenceWith,
  FIRST_MS,
  landedOnce,
  SECOND_MS,
  serialOf,
  smallReadings,
  stepRow,
} from '../small-world.ts';

const ANN_FIRST = stepRow(ANN, FIRST_MS, 201);
const ANN_SECOND = stepRow(ANN, SECOND_MS, 202);
const CEM_SECOND = stepRow(CEM, SECOND_MS, 206);
type StepRow = typeof ANN_FIRST;

/** What both oracles measure: claims that are right of those made, and usable readings that are found. */
function attribute(rows: readonly StepRow[], customers?: readonly StepRow[]) {
  const evidence = evidenceWith({
    zones: {
      step_trainer_trusted: rows,
      ...(customers !== undefined && { customer_curated: customers }),
    },
  });
  const precision = ATTRIBUTION_PRECISION.measure(evidence);
  const recall = ATTRIBUTION_RECALL.measure(evidence);
  return {
    right: precision.measured,
    claims: precision.chances,
    found: recall.measured,
    usable: recall.chances,
  };
}

/** The row without a name in it, as the classic policy makes it: the serial number decides. */
function unnamed(row: StepRow): StepRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'user'));
}

describe('rows that name a person', () => {
  test.each([
    ['all right', [ANN_FIRST, ANN_SECOND, CEM_SECOND], { right: 1, claims: 3, found: 1 }],
    ['one missing', [ANN_FIRST, CEM_SECOND], { right: 1, claims: 2, found: 2 / 3 }],
    [
      'one of them for somebody else',
      [ANN_FIRST, stepRow(ANN, SECOND_MS, 202, CEM), CEM_SECOND],
      { right: 2 / 3, claims: 3, found: 2 / 3 },
    ],
    [
      'two people exchanged',
      [stepRow(ANN, SECOND_MS, 202, CEM), stepRow(CEM, SECOND_MS, 206, ANN), ANN_FIRST],
      { right: 1 / 3, claims: 3, found: 1 / 3 },
    ],
    [
      'left open: no claim, and nothing found',
      [ANN_FIRST, stepRow(ANN, SECOND_MS, 202, null), CEM_SECOND],
      { right: 1, claims: 2, found: 2 / 3 },
    ],
    [
      'a name that nobody has',
      [ANN_FIRST, ANN_SECOND, { ...CEM_SECOND, user: 'nobody@mail.example' }],
      { right: 2 / 3, claims: 3, found: 2 / 3 },
    ],
    [
      'a reading that nobody made',
      [ANN_FIRST, ANN_SECOND, CEM_SECOND, stepRow(ANN, SECOND_MS, 299)],
      { right: 3 / 4, claims: 4, found: 1 },
    ],
    [
      'a row repeated: the same claim, counted once',
      [ANN_FIRST, ANN_FIRST, ANN_SECOND, CEM_SECOND],
      { right: 1, claims: 3, found: 1 },
    ],
    [
      'a right claim about somebody who does not share: privacy is asked elsewhere',
      [ANN_FIRST, ANN_SECOND, CEM_SECOND, stepRow(BOB, SECOND_MS, 204)],
      { right: 1, claims: 4, found: 1 },
    ],
  ])('%s', (_, rows, expected) => {
    expect(attribute(rows)).toEqual({ ...expected, usable: 3 });
  });
});

describe('rows without a name', () => {
  const rows = [ANN_FIRST, ANN_SECOND, CEM_SECOND].map(unnamed);

  test('are those of the customer who has the serial number', () => {
    expect(attribute(rows)).toEqual({ right: 1, claims: 3, found: 1, usable: 3 });
  });

  test('make a claim for every customer with the serial number, of which one can be right', () => {
    const shared = [customerRow(ANN), { ...customerRow(CEM), serialNumber: serialOf(ANN) }];
    // Four claims about Ann's two readings, two of them right; nobody has Cem's box any more.
    expect(attribute(rows, shared)).toEqual({ right: 1 / 2, claims: 4, found: 2 / 3, usable: 3 });
  });

  test('do not claim twice for a customer who is there twice', () => {
    const twice = [customerRow(ANN), customerRow(ANN), customerRow(CEM)];
    expect(attribute(rows, twice)).toEqual({ right: 1, claims: 3, found: 1, usable: 3 });
  });
});

test('without a row there is no claim, and everything is missing', () => {
  expect(attribute([])).toEqual({ right: 0, claims: 0, found: 0, usable: 3 });
});

test('readings that did not land cannot be found', () => {
  const landed = landedOnce(smallReadings(), { 3: 0 });
  const evidence = evidenceWith({
    landed,
    zones: { step_trainer_trusted: [ANN_FIRST, CEM_SECOND] },
  });
  expect(ATTRIBUTION_RECALL.measure(evidence)).toMatchObject({ measured: 1, chances: 2 });
});

test('without readings there is no chance', () => {
  const evidence = evidenceWith({ readings: [], landed: landedOnce([]), zones: EMPTY_ZONES });
  expect(ATTRIBUTION_PRECISION.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  expect(ATTRIBUTION_RECALL.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
});
