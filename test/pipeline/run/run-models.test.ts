import { expect, it } from 'vitest';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import { runModels } from '../../../pipeline/run/run-models.ts';

it('makes models in their order, counts their rows, and removes what nothing reads any more', async () => {
  const engine = await Engine.open({ threads: 1 });
  const made: [string, number][] = [];
  try {
    await runModels({
      engine,
      models: [
        { name: 'first', sql: 'SELECT 1 AS a UNION ALL SELECT 2 AS a' },
        { name: 'second', sql: '-- not first\nSELECT f.a FROM first f WHERE f.a > 1' },
        { name: 'third', sql: 'SELECT s.a FROM second s' },
      ],
      kept: new Set(['third']),
      each: async ({ name }, work) => {
        const rows = await work();
        made.push([name, rows]);
        return rows;
      },
    });
    const left = await engine.query('SELECT table_name AS name FROM duckdb_tables()');
    expect(left).toEqual([{ name: 'third' }]);
  } finally {
    engine.close();
  }
  expect(made).toEqual([
    ['first', 2],
    ['second', 1],
    ['third', 1],
  ]);
});
