import { describe, expect, test } from 'vitest';
import { ZONE_TABLES } from '../../../pipeline/index.ts';
import { ZONES_DUPLICATES, ZONES_IDEMPOTENCE } from '../../../scenarios/oracles/zones.ts';
import { ANN, EMPTY_ZONES, evidenceWith, FIRST_MS, RIGHT_ZONES, stepRow } from '../small-world.ts';

const ROWS = 17;

describe('zones.duplicates', () => {
  test('finds nothing in the right zones', () => {
    expect(ZONES_DUPLICATES.measure(evidenceWith())).toMatchObject({ measured: 0, chances: ROWS });
  });

  test.each(ZONE_TABLES)('counts every repetition of a row of %s', (table) => {
    const [first] = RIGHT_ZONES[table];
    const rows = [
      ...RIGHT_ZONES[table],
      { ...first },
      { ...first },
    ] as (typeof RIGHT_ZONES)[typeof table];
    expect(ZONES_DUPLICATES.measure(evidenceWith({ zones: { [table]: rows } }))).toMatchObject({
      measured: 2,
      chances: ROWS + 2,
      sentence: `2 rows of the zones repeat another row: 2 in ${table}.`,
    });
  });

  test('takes rows that differ in one value for two rows', () => {
    const rows = [stepRow(ANN, FIRST_MS, 201), stepRow(ANN, FIRST_MS, 202)];
    const evidence = evidenceWith({ zones: { step_trainer_trusted: rows } });
    expect(ZONES_DUPLICATES.measure(evidence).measured).toBe(0);
  });

  test('has no chance in empty zones', () => {
    const evidence = evidenceWith({ zones: EMPTY_ZONES });
    expect(ZONES_DUPLICATES.measure(evidence)).toMatchObject({ measured: 0, chances: 0 });
  });
});

describe('zones.idempotence', () => {
  const again = (changes: Partial<typeof RIGHT_ZONES>) =>
    ZONES_IDEMPOTENCE.measure(evidenceWith({ zonesAgain: { ...RIGHT_ZONES, ...changes } }));

  test('finds nothing when the second run gives the same rows in any order', () => {
    const rows = RIGHT_ZONES.accelerometer_trusted.toReversed();
    expect(again({ accelerometer_trusted: rows })).toMatchObject({ measured: 0, chances: ROWS });
  });

  test('counts rows that a second run appends', () => {
    const twice = [...RIGHT_ZONES.step_trainer_trusted, ...RIGHT_ZONES.step_trainer_trusted];
    expect(again({ step_trainer_trusted: twice })).toMatchObject({ measured: 3, chances: ROWS });
  });

  test('counts rows that a second run takes away, and a changed one as one away and one new', () => {
    expect(again({ customer_trusted: [] })).toMatchObject({ measured: 2 });
    const [first, ...others] = RIGHT_ZONES.machine_learning_curated;
    const changed = [{ ...first, x: 9 }, ...others];
    expect(again({ machine_learning_curated: changed })).toMatchObject({ measured: 2 });
  });

  test('has no chance when there was no second run, or nothing to change', () => {
    const once = ZONES_IDEMPOTENCE.measure(evidenceWith({ zonesAgain: undefined }));
    expect(once).toMatchObject({ measured: 0, chances: 0 });
    const empty = evidenceWith({ zones: EMPTY_ZONES, zonesAgain: EMPTY_ZONES });
    expect(ZONES_IDEMPOTENCE.measure(empty)).toMatchObject({ measured: 0, chances: 0 });
  });
});
