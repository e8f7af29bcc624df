import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsOf, ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import { loadModels } from '../../../pipeline/engine/models.ts';
import { loadSqlText } from '../../../pipeline/engine/sql-text.ts';
import { customer, walk, withLake } from '../lake.ts';

const SQL = join(import.meta.dirname, '../../../pipeline/sql');

const filesOf = async (folder: string): Promise<string[]> =>
  (await readdir(join(SQL, folder))).map((file) => file.replace(/\.sql$/, '')).sort();

/** The text without comments and literals. */
const codeOf = (sql: string): string => sql.replace(/--.*$/gm, '').replace(/'[^']*'/g, "''");

describe('models', () => {
  it.each(['classic', 'strict'] as const)(
    'of %s are all the files, each with its grain',
    async (policy) => {
      const models = await loadModels(policy);
      const files = [
        ...(await filesOf('consent')),
        ...(await filesOf('attribution')),
        ...(await filesOf('signal')),
        ...(await filesOf(policy)),
      ];
      // The texts of belief are used again in each round.
      const names = new Set(models.map(({ name }) => name.replace(/_\d+$/, '')));
      expect([...names].sort()).toEqual(files.sort());
      for (const { name, sql } of models) expect(`${name}: ${sql}`).toMatch(/: -- One row per /);
    },
  );

  it.each(['classic', 'strict'] as const)(
    'of %s make the columns of the catalog',
    async (policy) => {
      const rows = {
        customers: [customer('a@x')],
        ...walk({ user: 'a@x', serial: 'serial of a@x' }),
      };
      await withLake(policy, rows, async (engine) => {
        for (const table of ZONE_TABLES) {
          const columns = await engine.query(`DESCRIBE ${table}`);
          const expected = columnsOf(table, policy).map(({ name, type }) => [
            name,
            { string: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE' }[type],
          ]);
          expect(columns.map((row) => [row['column_name'], row['column_type']])).toEqual(expected);
          expect(await engine.query(`SELECT * FROM ${table}`)).not.toEqual([]);
        }
      });
    },
  );

  it('use only what DuckDB, Spark and Trino share', async () => {
    const files = (await readdir(SQL, { recursive: true })).filter((file) => file.endsWith('.sql'));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const code = codeOf(await readFile(join(SQL, file), 'utf8'));
      const foreign =
        /::|\/\/|"|`|\bQUALIFY\b|\bEXCLUDE\b|\bGROUP BY ALL\b|\bSEMI JOIN\b|\bARG_M/i.exec(code);
      expect(`${file}: ${foreign?.[0] ?? 'fine'}`).toBe(`${file}: fine`);
    }
  });

  it('leave no setting unfilled', async () => {
    const texts = [
      ...(await loadModels('strict')).map(({ sql }) => sql),
      ...(await Promise.all((await filesOf('audit')).map((name) => loadSqlText(`audit/${name}`)))),
    ];
    for (const sql of texts) expect(codeOf(sql)).not.toContain(':');
  });
});
