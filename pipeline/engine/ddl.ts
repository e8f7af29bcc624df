/** The tables as each engine declares them. The models are one text for all engines; this and the landing views are not. */
import { columnsOf, TABLES } from '../core/catalog.ts';
import type { Column, ColumnType, Policy, TableName } from '../core/catalog.ts';

/** The engines that read the models: DuckDB, Spark SQL, and Trino, which is also what Athena understands. */
export const SQL_ENGINES = ['duckdb', 'spark', 'trino'] as const;

/** The name of an engine that reads the models. */
export type SqlEngine = (typeof SQL_ENGINES)[number];

/** One statement, and the table or view that it makes. */
export interface Statement {
  readonly name: string;
  readonly sql: string;
}

const TEXT_TYPES: Readonly<Record<SqlEngine, string>> = {
  duckdb: 'VARCHAR',
  spark: 'STRING',
  trino: 'VARCHAR',
};

/** The type of a column: whole numbers are 64 bits, decimals are doubles. */
export function sqlTypeOf(type: ColumnType, engine: SqlEngine): string {
  if (type === 'string') return TEXT_TYPES[engine];
  return type === 'integer' ? 'BIGINT' : 'DOUBLE';
}

/** A name that means itself, also where the engine has a function or a keyword of that name. */
export function quoteName(name: string, engine: SqlEngine): string {
  return engine === 'spark'
    ? `\`${name.replaceAll('`', '``')}\``
    : `"${name.replaceAll('"', '""')}"`;
}

/** Columns with their types, as a statement that makes a table lists them. */
export function columnList(columns: readonly Column[], engine: SqlEngine): string {
  return columns
    .map(({ name, type }) => `${quoteName(name, engine)} ${sqlTypeOf(type, engine)}`)
    .join(', ');
}

/** The statement that makes one table without rows, with the columns it has under a policy. Parquet but for DuckDB. */
export function tableDdl(table: TableName, policy: Policy, engine: SqlEngine): string {
  const columns = columnList(columnsOf(table, policy), engine);
  const stored = { duckdb: '', spark: ' USING PARQUET', trino: " WITH (format = 'PARQUET')" };
  return `CREATE TABLE ${table} (${columns})${stored[engine]}`;
}

/** The statements that make all eight tables without rows. A model then fills its table with `INSERT INTO`. */
export function ddlFor(engine: SqlEngine, policy: Policy): Statement[] {
  return Object.values(TABLES).map(({ name }) => ({ name, sql: tableDdl(name, policy, engine) }));
}
