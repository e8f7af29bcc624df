import { expect, it } from 'vitest';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import { countRepeatedRows } from '../../../pipeline/engine/repeated-rows.ts';

it.each([
  ['no rows', 'SELECT 1 AS a, NULL AS b WHERE 1 = 0', 0],
  ['distinct rows', "SELECT * FROM (VALUES (1, 'x'), (1, NULL), (2, NULL)) t(a, b)", 0],
  [
    'rows once too often',
    "SELECT * FROM (VALUES (1, 'x'), (2, 'y'), (1, 'x'), (1, 'x')) t(a, b)",
    2,
  ],
  ['NULL as a value', 'SELECT * FROM (VALUES (1, NULL), (1, NULL)) t(a, b)', 1],
])('counts %s', async (_, rows, expected) => {
  const engine = await Engine.open({ threads: 1 });
  try {
    expect(await countRepeatedRows(engine, `(${rows})`, ['a', 'b'])).toBe(expected);
  } finally {
    engine.close();
  }
});
