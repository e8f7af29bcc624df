/**
 * Literal rows in, rows of one named step (common table expression) of a model out.
 *
 *     const rows = await stepRows('attribution/claim', 'aligned', { coincidence: [...], clock_offset: [...] });
 *
 * Whatever the step reads is given by name: landing tables, other models, or earlier steps of the same model, which then
 * are not computed. Model and step stand as two literals in the call: a test looks for them, so that no step goes untested.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ATTRIBUTION_SETTINGS } from '../../../pipeline/core/attribution-settings.ts';
import { SIGNAL_SETTINGS } from '../../../pipeline/core/signal-settings.ts';
import { TABLES } from '../../../pipeline/core/catalog.ts';
import type { TableName } from '../../../pipeline/core/catalog.ts';
import { sqlTypeOf } from '../../../pipeline/engine/ddl.ts';
import { Engine, quoteText } from '../../../pipeline/engine/duckdb.ts';
import type { SqlRow, SqlValue } from '../../../pipeline/engine/duckdb.ts';

/** A row of a given table. A column that no row has a value for is BIGINT, unless the catalog knows its name. */
export type GivenRow = Readonly<Record<string, SqlValue>>;
/** Rows by the name of the table. A table of the catalog has all its columns; what a row leaves out is NULL. */
export type Given = Readonly<Record<string, readonly GivenRow[]>>;

/** What may be said besides the rows. */
export interface StepOptions {
  /** Settings other than those of the product. */
  readonly settings?: Readonly<Record<string, number>>;
  /** SQL types by table and column, for tables without rows and columns without values. */
  readonly columns?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly threads?: number;
}

/** The parts of a model: its named steps in their order, and the query that uses them. */
export interface ModelParts {
  readonly steps: readonly { readonly name: string; readonly query: string }[];
  readonly result: string;
}

const SQL_FOLDER = join(import.meta.dirname, '../../../pipeline/sql');
const CATALOG_TYPES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(TABLES).flatMap(({ columns }) =>
    columns.map(({ name, type }) => [name, sqlTypeOf(type, 'duckdb')]),
  ),
);

/** The rows of one step, sorted by all columns. `model` is its path without the ending, such as `strict/ml_pairing`. */
export function stepRows(
  model: string,
  step: string,
  given: Given,
  options: StepOptions = {},
): Promise<SqlRow[]> {
  return rowsOf(model, step, given, options);
}

/** The rows of a whole model, sorted by all columns. */
export function resultRows(
  model: string,
  given: Given,
  options: StepOptions = {},
): Promise<SqlRow[]> {
  return rowsOf(model, undefined, given, options);
}

/** Splits the text of a model into its steps and its result. */
export function splitModel(sql: string): ModelParts {
  const code = sql.replace(/--.*$/gm, '').trim();
  if (!/^WITH\s/i.test(code)) return { steps: [], result: code };
  const steps: { name: string; query: string }[] = [];
  let rest = code.replace(/^WITH\s+/i, '');
  for (;;) {
    const [opening = '', name] = /^(\w+)\s+AS\s*\(/i.exec(rest) ?? [];
    if (name === undefined) throw new SyntaxError(`No step begins at: ${rest.slice(0, 60)}`);
    const end = endOfParenthesis(rest, opening.length);
    steps.push({ name, query: rest.slice(opening.length, end).trim() });
    rest = rest.slice(end + 1).trimStart();
    if (!rest.startsWith(',')) return { steps, result: rest };
    rest = rest.slice(1).trimStart();
  }
}

/** Where the parenthesis is closed that was opened before `from`. */
function endOfParenthesis(code: string, from: number): number {
  let depth = 1;
  for (const { 0: token, index } of code.slice(from).matchAll(/'[^']*'|[()]/g)) {
    if (token === '(') depth++;
    if (token === ')' && --depth === 0) return from + index;
  }
  throw new SyntaxError(`A parenthesis is not closed: ${code.slice(from, from + 60)}`);
}

async function rowsOf(
  model: string,
  step: string | undefined,
  given: Given,
  options: StepOptions,
): Promise<SqlRow[]> {
  const text = await readFile(join(SQL_FOLDER, `${model}.sql`), 'utf8');
  const { steps, result } = splitModel(text);
  if (step !== undefined && !steps.some(({ name }) => name === step)) {
    throw new RangeError(
      `${model} has no step ${step}, but ${steps.map(({ name }) => name).join(', ')}`,
    );
  }
  const last = steps.findIndex(({ name }) => name === step);
  const used = (step === undefined ? steps : steps.slice(0, last + 1)).filter(
    ({ name }) => given[name] === undefined,
  );
  const withSteps = used.map(({ name, query }) => `${name} AS (${query})`).join(',\n');
  const query = step === undefined ? result : `SELECT * FROM ${step}`;
  const sql = fill(used.length === 0 ? query : `WITH ${withSteps}\n${query}`, options.settings);
  const engine = await Engine.open({ threads: options.threads ?? 1 });
  try {
    for (const [table, rows] of Object.entries(given)) {
      await createTable(engine, table, rows, options.columns?.[table] ?? {});
    }
    return await engine.query(`SELECT * FROM (${sql}) outcome ORDER BY ALL`);
  } finally {
    engine.close();
  }
}

function fill(sql: string, changes: Readonly<Record<string, number>> = {}): string {
  const settings: Readonly<Record<string, number>> = {
    consent_ever: 0,
    ...ATTRIBUTION_SETTINGS,
    ...SIGNAL_SETTINGS,
    ...changes,
  };
  return sql.replace(/:([a-z]\w*)/g, (text, name: string) => settings[name]?.toString() ?? text);
}

async function createTable(
  engine: Engine,
  table: string,
  rows: readonly GivenRow[],
  said: Readonly<Record<string, string>>,
): Promise<void> {
  const known = (TABLES[table as TableName]?.columns ?? []).map(({ name }) => name);
  const names = [...new Set([...known, ...rows.flatMap(Object.keys), ...Object.keys(said)])];
  const types = names.map((name) => said[name] ?? typeOf(name, rows));
  const columns = names.map((name, index) => `"${name}" ${types[index] ?? ''}`);
  await engine.run(`CREATE TABLE ${table} (${columns.join(', ')})`);
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows
      .slice(from, from + 500)
      .map((row) => `(${names.map((name) => toLiteral(row[name] ?? null)).join(', ')})`);
    await engine.run(`INSERT INTO ${table} VALUES ${values.join(', ')}`);
  }
}

function typeOf(name: string, rows: readonly GivenRow[]): string {
  if (CATALOG_TYPES[name] !== undefined) return CATALOG_TYPES[name];
  const values = rows.map((row) => row[name] ?? null).filter((value) => value !== null);
  if (values.some((value) => typeof value === 'string')) return 'VARCHAR';
  return values.every((value) => Number.isInteger(value)) ? 'BIGINT' : 'DOUBLE';
}

function toLiteral(value: SqlValue): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? quoteText(value) : value.toString();
}
