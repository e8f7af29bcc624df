import { describe, expect, it } from 'vitest';
import { columnsOf, LANDING_TABLES, TABLES, ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import type { Policy, TableName } from '../../../pipeline/core/catalog.ts';

const names = (table: TableName, policy: Policy): string[] =>
  columnsOf(table, policy).map(({ name }) => name);

describe('catalog', () => {
  it('has eight tables, and each knows its name', () => {
    const all = [...LANDING_TABLES, ...ZONE_TABLES];
    expect(Object.keys(TABLES).sort()).toEqual([...all].sort());
    for (const name of all) expect(TABLES[name].name).toBe(name);
  });

  it.each(Object.values(TABLES))(
    '$name has a key of its own columns, and every column a description',
    (table) => {
      const columns = table.columns.map(({ name }) => name);
      expect(new Set(columns).size).toBe(columns.length);
      for (const name of table.key) expect(columns).toContain(name);
      for (const { description } of table.columns) expect(description).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('names the person in the ML table only under classic, and in step_trainer_trusted only under strict', () => {
    const pairs = [
      'sensorReadingTime',
      'serialNumber',
      'distanceFromObject',
      'timeStamp',
      'x',
      'y',
      'z',
    ];
    expect(names('machine_learning_curated', 'strict')).toEqual(pairs);
    expect(names('machine_learning_curated', 'classic')).toEqual([...pairs, 'user']);
    expect(names('step_trainer_trusted', 'classic')).toEqual(pairs.slice(0, 3));
    expect(names('step_trainer_trusted', 'strict')).toEqual([...pairs.slice(0, 3), 'user']);
    expect(columnsOf('machine_learning_curated', 'strict').some(({ personal }) => personal)).toBe(
      false,
    );
  });
});
