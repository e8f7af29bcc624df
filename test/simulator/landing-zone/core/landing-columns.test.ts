import { expect, test } from 'vitest';
import { LANDING_TABLES, TABLES } from '../../../../pipeline/index.ts';
import {
  LANDING_COLUMNS,
  LANDING_OBJECTS,
} from '../../../../simulator/landing-zone/core/landing-columns.ts';
import { DEFAULT_LANDING, drawLandingHousehold } from '../../../../simulator/landing-zone/index.ts';
import { seededStreams } from '../../../../simulator/seeded-random.ts';

test.each(LANDING_TABLES)('the columns of %s are those of the catalog', (table) => {
  const catalog = TABLES[table].columns.map(({ name, type, unit, nullable }) => ({
    name,
    type: unit === 'epoch-ms' ? 'time' : type,
    nullable,
  }));
  expect(LANDING_COLUMNS[table]).toEqual(catalog);
});

test.each(LANDING_OBJECTS)('rows of %s have these columns, and in this order', (kind) => {
  const household = drawLandingHousehold(DEFAULT_LANDING, 3, seededStreams(1));
  const names = LANDING_COLUMNS[kind].map(({ name }) => name);
  const optional = LANDING_COLUMNS[kind].filter(({ nullable }) => nullable).map(({ name }) => name);
  expect(household[kind].length).toBeGreaterThan(0);
  for (const row of household[kind]) {
    const keys = Object.keys(row);
    expect(names.filter((name) => keys.includes(name) || !optional.includes(name))).toEqual(keys);
  }
});
