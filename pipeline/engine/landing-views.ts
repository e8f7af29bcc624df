/**
 * The landing objects as tables of each engine: the names that the models read, over files whose keys are spelled as the
 * catalog spells them. Our own runs load objects of any spelling, and set bad lines aside; these views do neither.
 */
import { LANDING_TABLES, TABLES } from '../core/catalog.ts';
import type { Column, LandingTableName } from '../core/catalog.ts';
import { columnList, quoteName, sqlTypeOf } from './ddl.ts';
import type { SqlEngine, Statement } from './ddl.ts';
import { quoteText } from './duckdb.ts';

/** How the objects of a landing zone are written: lines of JSON, gzip or not, or Parquet. */
export type LandingFormat = 'ndjson' | 'parquet';

/** Where a landing zone lies and how it is written. */
export interface LandingSource {
  /** The folder or prefix above the folders of the tables, without a slash at its end. */
  readonly location: string;
  readonly format: LandingFormat;
}

/**
 * The statements that make the three landing tables readable under their names: one view for DuckDB, and for the others
 * an external table (`<name>_object`) with a view of it. Absent keys and explicit nulls are both NULL.
 */
export function landingViewsFor(engine: SqlEngine, source: LandingSource): Statement[] {
  return LANDING_TABLES.flatMap((table) =>
    engine === 'duckdb' ? [duckdbView(table, source)] : externalView(table, engine, source),
  );
}

function duckdbView(table: LandingTableName, { location, format }: LandingSource): Statement {
  const { columns } = TABLES[table];
  const files = (ending: string): string => quoteText(`${location}/${table}/**/*${ending}`);
  const types = columns.map(({ name, type }) => `${name}: '${sqlTypeOf(type, 'duckdb')}'`);
  const reader =
    format === 'parquet'
      ? `read_parquet(${files('.parquet')})`
      : `read_json(${files('json*')}, format = 'newline_delimited', columns = {${types.join(', ')}})`;
  return {
    name: table,
    sql: `CREATE VIEW ${table} AS SELECT ${values(columns, 'duckdb')} FROM ${reader}`,
  };
}

function externalView(
  table: LandingTableName,
  engine: 'spark' | 'trino',
  { location, format }: LandingSource,
): Statement[] {
  const { columns } = TABLES[table];
  const object = `${table}_object`;
  const place = quoteText(`${location}/${table}/`);
  const kind = format === 'parquet' ? 'PARQUET' : 'JSON';
  // Failing is better than a row of NULLs where a line is damaged.
  const mode = format === 'parquet' ? '' : "mode 'FAILFAST', ";
  const stored = {
    // Objects lie in folders such as date=2022-12-12/, which are no columns of the table.
    spark: ` USING ${kind} OPTIONS (${mode}recursiveFileLookup 'true') LOCATION ${place}`,
    trino: ` WITH (external_location = ${place}, format = '${kind}')`,
  };
  return [
    {
      name: object,
      sql: `CREATE TABLE ${object} (${columnList(columns, engine)})${stored[engine]}`,
    },
    {
      name: table,
      sql: `CREATE VIEW ${table} AS SELECT ${values(columns, engine)} FROM ${object}`,
    },
  ];
}

/** Adding zero turns −0 into 0, so that equal numbers are the same value in every engine. */
function values(columns: readonly Column[], engine: SqlEngine): string {
  return columns
    .map(({ name, type }) => {
      const quoted = quoteName(name, engine);
      return type === 'number' ? `${quoted} + 0.0 AS ${quoted}` : quoted;
    })
    .join(', ');
}
