/** Rows written as short tables, and rows of a result as short tables to compare with. */
import type { SqlRow, SqlValue } from '../../../pipeline/engine/duckdb.ts';
import type { GivenRow } from './model-step.ts';

/** Rows of the columns named in `columns`, with a space between names; one list of values per row. */
export function table(columns: string, ...rows: readonly (readonly SqlValue[])[]): GivenRow[] {
  const names = columns.split(' ');
  return rows.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
}

/** The values of the columns named in `columns`, with a space between names, one list per row. */
export function cells(rows: readonly SqlRow[], columns: string): unknown[][] {
  return rows.map((row) => columns.split(' ').map((name) => row[name]));
}

/** The same rows with other names for some columns. */
export function renamed(
  rows: readonly GivenRow[],
  names: Readonly<Record<string, string>>,
): GivenRow[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [names[name] ?? name, value])),
  );
}
