import { expect, test } from 'vitest';
import { countConfusion } from '../../../scenarios/exhibits/confusion.ts';
import { ANN, CEM, evidenceWith, FIRST_MS, SECOND_MS, serialOf, stepRow } from '../small-world.ts';

test('in the right zones every usable reading is taken for its person', () => {
  expect(countConfusion(evidenceWith())).toEqual({ right: 3, wrong: 0, none: 0, cells: [] });
});

test('counts who is taken for whom, and readings that are given to nobody', () => {
  const step_trainer_trusted = [
    stepRow(ANN, FIRST_MS, 201, CEM),
    stepRow(ANN, SECOND_MS, 202, CEM),
    stepRow(CEM, SECOND_MS, 206, null),
  ];
  expect(countConfusion(evidenceWith({ zones: { step_trainer_trusted } }))).toEqual({
    right: 0,
    wrong: 2,
    none: 1,
    cells: [
      { person: ANN, believed: CEM, readings: 2 },
      { person: CEM, believed: null, readings: 1 },
    ],
  });
});

test('a row that fits two people is wrong for one of them', () => {
  const { user: _user, ...row } = stepRow(ANN, FIRST_MS, 201);
  const customer_curated = evidenceWith().zones.customer_curated.map((customer) => ({
    ...customer,
    serialNumber: serialOf(ANN),
  }));
  const zones = { step_trainer_trusted: [row], customer_curated };
  const { right, wrong, cells } = countConfusion(evidenceWith({ zones }));
  expect({ right, wrong }).toEqual({ right: 0, wrong: 1 });
  expect(cells).toContainEqual({ person: ANN, believed: CEM, readings: 1 });
});
