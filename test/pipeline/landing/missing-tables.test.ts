import { expect, it } from 'vitest';
import { LANDING_TABLES } from '../../../pipeline/core/catalog.ts';
import type { LandingTableName } from '../../../pipeline/core/catalog.ts';
import type { LandingObject } from '../../../pipeline/landing/landing-object.ts';
import { findMissingTables } from '../../../pipeline/landing/missing-tables.ts';

const objectsOf = (tables: readonly LandingTableName[]): LandingObject[] =>
  tables.map((table) => ({ table, name: 'a.json', kind: 'records', bytes: 1, tag: '' }));
const OTHERS = objectsOf(['customer_landing', 'step_trainer_landing']);

it.each([
  [['customer_landing', 'accelerometer_landin', 'step_trainer_landing'], 'accelerometer_landin'],
  [['Accelerometer_Landing'], 'Accelerometer_Landing'],
  [['acelerometer'], 'acelerometer'],
  [['accelerometer'], 'accelerometer'],
  [['accelerometer_land', 'accelerometer_landings'], 'accelerometer_landings'],
  [['accelerometer_landing'], undefined],
  [['phones', 'customer_landing', 'step_trainer'], undefined],
  [[], undefined],
])('tells of %j which folder may be meant', async (folders, near) => {
  const found = await findMissingTables(OTHERS, () => Promise.resolve(folders));
  expect(found).toEqual([{ table: 'accelerometer_landing', near }]);
});

it('asks for no folders when nothing is missing, and does without them when they cannot be listed', async () => {
  const refuse = (): Promise<string[]> => Promise.reject(new Error('denied'));
  expect(await findMissingTables(objectsOf(LANDING_TABLES), refuse)).toEqual([]);
  expect(await findMissingTables(OTHERS, refuse)).toEqual([
    { table: 'accelerometer_landing', near: undefined },
  ]);
});
