/** What the columns of a Parquet object are to the catalog. */
import { TABLES } from '../core/catalog.ts';
import type { Column, LandingTableName } from '../core/catalog.ts';
import { COLUMN_FAULTS, EPOCH_MS_MAX } from '../core/landing-record.ts';
import { quoteText } from '../engine/duckdb.ts';
import { quoteName } from './landing-sink.ts';

/** A column of a Parquet object. */
export interface ParquetColumn {
  readonly name: string;
  /** The engine's name of its type. */
  readonly type: string;
}

/** How the rows of Parquet objects become rows of a landing table, as SQL. */
export interface ParquetReading {
  /** One value for each column of the catalog. */
  readonly values: readonly string[];
  /** True for rows that may land; never null. */
  readonly isGood: string;
  /** Why a row may not land. */
  readonly reason: string;
  /** The row as JSON, in the object's own spelling. */
  readonly original: string;
}

const SAFE_INTEGER_MAX = Number.MAX_SAFE_INTEGER;
const WHOLE = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const DECIMAL = /^(?:DOUBLE|FLOAT|DECIMAL\(.*\))$/;

/** How objects with these columns are read, or why they cannot be. Names are compared without their case. */
export function readingOf(
  table: LandingTableName,
  given: readonly ParquetColumn[],
): ParquetReading | { readonly fault: string } {
  const found: { column: Column; source: ParquetColumn }[] = [];
  for (const column of TABLES[table].columns) {
    const sources = given.filter(({ name }) => name.toLowerCase() === column.name.toLowerCase());
    const [source] = sources;
    if (sources.length > 1) return { fault: `it has the column ${column.name} twice` };
    if (source === undefined) {
      if (!column.nullable) return { fault: `it has no column ${column.name}` };
    } else if (!isReadable(column, source)) {
      return { fault: `its column ${source.name} is ${source.type}, not ${wordOf(column)}` };
    } else found.push({ column, source });
  }
  const faults = found.map(({ column, source }) => faultsOf(column, source));
  return {
    values: TABLES[table].columns.map((column) => {
      const source = found.find((pair) => pair.column === column)?.source;
      return source === undefined ? 'NULL' : valueOf(column, source);
    }),
    isGood: `NOT (${faults.flatMap((each) => each.map(({ condition }) => condition)).join(' OR ') || 'FALSE'})`,
    reason: `CASE ${faults.flatMap((each) => each.map(({ condition, words }) => `WHEN ${condition} THEN ${quoteText(words)}`)).join(' ')} END`,
    original: `to_json({${found.map(({ source }) => `${quoteText(source.name)}: ${quoteName(source.name)}`).join(', ')}})`,
  };
}

function isReadable({ type, nullable }: Column, source: ParquetColumn): boolean {
  // A column in which every row is null has no type of its own.
  if (source.type === '"NULL"') return nullable;
  if (type === 'string') return source.type === 'VARCHAR';
  return WHOLE.test(source.type) || DECIMAL.test(source.type);
}

function wordOf({ type }: Column): string {
  return type === 'string' ? 'text' : 'a number';
}

function valueOf({ type }: Column, source: ParquetColumn): string {
  const name = quoteName(source.name);
  if (type === 'string') return `CAST(${name} AS VARCHAR)`;
  // Adding zero turns −0 into 0.
  return type === 'number' ? `CAST(${name} AS DOUBLE) + 0.0` : `TRY_CAST(${name} AS BIGINT)`;
}

interface RowFault {
  /** True or false for every row. */
  readonly condition: string;
  readonly words: string;
}

/** What can be wrong with the values of a column, in the order in which the record reader looks for it. */
function faultsOf(column: Column, source: ParquetColumn): RowFault[] {
  const name = quoteName(source.name);
  const fault = (code: keyof typeof COLUMN_FAULTS, condition: string): RowFault => ({
    condition: `(${name} IS NOT NULL AND ${condition})`,
    words: `${column.name} ${COLUMN_FAULTS[code]}`,
  });
  const faults: RowFault[] = column.nullable
    ? []
    : [{ condition: `${name} IS NULL`, words: `${column.name} ${COLUMN_FAULTS.missing}` }];
  if (column.type === 'string') {
    return column.nullable ? faults : [...faults, fault('empty', `${name} = ''`)];
  }
  const number = `CAST(${name} AS DOUBLE)`;
  if (DECIMAL.test(source.type)) faults.push(fault('not-finite', `NOT isfinite(${number})`));
  if (column.type === 'number') return faults;
  const isFraction = DECIMAL.test(source.type) ? `${number} <> trunc(${number}) OR ` : '';
  const isUnsafe = `${name} NOT BETWEEN -${SAFE_INTEGER_MAX} AND ${SAFE_INTEGER_MAX}`;
  faults.push(fault('not-whole', `(${isFraction}${isUnsafe})`));
  if (column.unit === 'epoch-ms') {
    faults.push(fault('not-a-date', `${name} NOT BETWEEN 0 AND ${EPOCH_MS_MAX}`));
  }
  return faults;
}
