import { describe, expect, test } from 'vitest';
import { LANDING_SCHEMA, ZONES_SCHEMA } from '../../../scenarios/oracles/shapes.ts';
import {
  EMPTY_ZONES,
  evidenceWith,
  landedOnce,
  RIGHT_ZONES,
  smallReadings,
} from '../small-world.ts';

const steps = RIGHT_ZONES.step_trainer_trusted;

describe('zones.schema', () => {
  test('finds nothing in the right zones', () => {
    expect(ZONES_SCHEMA.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 39 });
  });

  test('counts each wrong column once, with the first row that shows it', () => {
    const step_trainer_trusted = steps.map(({ user: _user, ...row }) => ({ ...row, box: 1 }));
    const found = ZONES_SCHEMA.measure(evidenceWith({ zones: { step_trainer_trusted } }));
    expect(found).toMatchObject({ measured: 2 });
    expect(found.sentence).toContain(
      'step_trainer_trusted.user is missing, step_trainer_trusted.box is none of this table',
    );
    expect(found.offenders.map(({ table }) => table)).toEqual([
      'step_trainer_trusted',
      'step_trainer_trusted',
    ]);
  });

  test('holds a pipeline to the columns of its own policy', () => {
    const found = ZONES_SCHEMA.measure(evidenceWith({ policy: 'classic' }));
    // The user of a step, and three columns about the trainer, are too many; the user of a pair is missing.
    expect(found).toMatchObject({ measured: 5 });
  });

  test('has no chance in empty zones', () => {
    expect(ZONES_SCHEMA.measure(evidenceWith({ zones: EMPTY_ZONES }))).toMatchObject({
      chances: 0,
    });
  });
});

test('landing.schema counts rows and tells what is wrong with them', () => {
  const landed = {
    ...landedOnce(smallReadings()),
    misshapen: {
      checked: 18,
      rows: 3,
      first: [
        {
          table: 'step_trainer_landing' as const,
          row: { distanceFromObject: '201' },
          faults: [
            { column: 'serialNumber', fault: 'is missing' },
            { column: 'distanceFromObject', fault: 'is a string instead of an integer' },
          ],
        },
      ],
    },
  };
  const found = LANDING_SCHEMA.measure(evidenceWith({ landed }));
  expect(found).toMatchObject({ measured: 3, chances: 18 });
  expect(found.offenders[0]?.truth).toBe(
    'The column serialNumber is missing, the column distanceFromObject is a string instead of an integer.',
  );
});
