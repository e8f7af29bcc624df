import { describe, expect, it } from 'vitest';
import { columnsOf, TABLES } from '../../../pipeline/core/catalog.ts';
import { ddlFor, quoteName, SQL_ENGINES, tableDdl } from '../../../pipeline/engine/ddl.ts';
import { Engine } from '../../../pipeline/engine/duckdb.ts';

const POLICIES = ['classic', 'strict'] as const;

describe('ddlFor', () => {
  it.each(POLICIES)('makes the tables of the catalog in DuckDB under %s', async (policy) => {
    const engine = await Engine.open({ threads: 1 });
    try {
      for (const { name, sql } of ddlFor('duckdb', policy)) {
        await engine.run(sql);
        const columns = await engine.query(`DESCRIBE ${name}`);
        const table = Object.values(TABLES).find((known) => known.name === name);
        expect(columns.map((row) => row['column_name'])).toEqual(
          columnsOf(table?.name ?? 'customer_landing', policy).map((column) => column.name),
        );
      }
      expect(await engine.query('SHOW TABLES')).toHaveLength(8);
    } finally {
      engine.close();
    }
  });

  it.each(SQL_ENGINES)('declares each table once for %s', (engine) => {
    const names = ddlFor(engine, 'strict').map(({ name }) => name);
    expect(names).toEqual(Object.keys(TABLES));
  });

  it('speaks the language of each engine', () => {
    expect(SQL_ENGINES.map((engine) => tableDdl('step_trainer_landing', 'strict', engine))).toEqual(
      [
        'CREATE TABLE step_trainer_landing ("sensorReadingTime" BIGINT, "serialNumber" VARCHAR, "distanceFromObject" BIGINT)',
        'CREATE TABLE step_trainer_landing (`sensorReadingTime` BIGINT, `serialNumber` STRING, `distanceFromObject` BIGINT) USING PARQUET',
        'CREATE TABLE step_trainer_landing ("sensorReadingTime" BIGINT, "serialNumber" VARCHAR, "distanceFromObject" BIGINT)' +
          " WITH (format = 'PARQUET')",
      ],
    );
    expect(SQL_ENGINES.map((engine) => quoteName('a"b`c', engine))).toEqual([
      '"a""b`c"',
      '`a"b``c`',
      '"a""b`c"',
    ]);
  });
});
