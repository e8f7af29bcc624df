import { describe, expect, test } from 'vitest';
import { ZONE_TABLES } from '../../../pipeline/index.ts';
import type { ZoneTableName } from '../../../pipeline/index.ts';
import { COUNT_ORACLES } from '../../../scenarios/oracles/counts.ts';
import type { Oracle } from '../../../scenarios/oracles/oracle.ts';
import {
  ANN,
  customerRow,
  EMPTY_ZONES,
  evidenceWith,
  landedOnce,
  RIGHT_ZONES,
  smallReadings,
} from '../small-world.ts';

function oracleOf(table: ZoneTableName): Oracle {
  return COUNT_ORACLES.find(({ id }) => id === `counts.${table}`) as Oracle;
}

/** The rows that each policy promises in the small world. */
const STRICT = {
  customer_trusted: 2,
  accelerometer_trusted: 5,
  customer_curated: 2,
  step_trainer_trusted: 3,
  machine_learning_curated: 5,
};
const CLASSIC = {
  customer_trusted: 2,
  // Cem's sample from before his consent counts here.
  accelerometer_trusted: 6,
  customer_curated: 2,
  step_trainer_trusted: 4,
  // Two steps and three samples at each of the two moments, whoever made them.
  machine_learning_curated: 12,
};

describe.each(ZONE_TABLES)('counts.%s', (table) => {
  const oracle = oracleOf(table);

  test('is right for the right zones', () => {
    const expected = STRICT[table];
    expect(oracle.measure(evidenceWith())).toMatchObject({ measured: 0, chances: expected });
  });

  test('counts what is missing and what is too much', () => {
    const [first] = RIGHT_ZONES[table];
    const one = evidenceWith({ zones: { [table]: RIGHT_ZONES[table].slice(1) } });
    expect(oracle.measure(one)).toMatchObject({ measured: 1, chances: STRICT[table] });
    const more = [...RIGHT_ZONES[table], first, first] as (typeof RIGHT_ZONES)[ZoneTableName];
    expect(oracle.measure(evidenceWith({ zones: { [table]: more } }))).toMatchObject({
      measured: 2,
      chances: STRICT[table] + 2,
    });
  });

  test('holds the classic policy to what it promises itself', () => {
    const evidence = evidenceWith({ policy: 'classic', zones: EMPTY_ZONES });
    expect(oracle.measure(evidence)).toMatchObject({
      measured: CLASSIC[table],
      chances: CLASSIC[table],
    });
  });

  test('has no chance in a world that gives no rows, and a chance for every row that is there all the same', () => {
    const world = { ...evidenceWith().world, people: [], consents: [] };
    const nothing = { world, readings: [], landed: landedOnce([]) };
    const empty = evidenceWith({ ...nothing, zones: EMPTY_ZONES });
    expect(oracle.measure(empty)).toMatchObject({ measured: 0, chances: 0 });
    const rows = [customerRow(ANN)];
    const filled = evidenceWith({ ...nothing, zones: { ...EMPTY_ZONES, [table]: rows } });
    expect(oracle.measure(filled)).toMatchObject({ measured: 1, chances: 1 });
  });
});

test('only what landed is expected', () => {
  // Ann's second step and its only sample never landed: one step, one sample and one pair less.
  const landed = landedOnce(smallReadings(), { 3: 0, 4: 0 });
  const found = evidenceWith({ landed });
  const measured = ZONE_TABLES.map((table) => oracleOf(table).measure(found).measured);
  expect(measured).toEqual([0, 1, 0, 1, 1]);
});

test('the sentence has both numbers', () => {
  const { sentence } = oracleOf('accelerometer_trusted').measure(
    evidenceWith({ zones: { accelerometer_trusted: [] } }),
  );
  expect(sentence).toBe('accelerometer_trusted has 0 rows; the world gives 5.');
});
