/** Whether a row has the columns and types that the catalog promises. */
import type { Column } from '../../pipeline/index.ts';

/** A column that is not as promised. */
export interface ShapeFault {
  readonly column: string;
  /** What is wrong with it, as the end of "the column x …". */
  readonly fault: string;
}

/** Everything that is wrong with the shape of a row. A row of JSON may leave out what may be null; one of a table may not. */
export function findShapeFaults(
  columns: readonly Column[],
  row: Readonly<Record<string, unknown>>,
  kind: 'json' | 'table',
): ShapeFault[] {
  const faults: ShapeFault[] = [];
  for (const column of columns) {
    const value = row[column.name];
    const isLeftOut = value === undefined && !(column.nullable && kind === 'json');
    const fault = isLeftOut ? 'is missing' : findFault(column, value);
    if (fault !== undefined) faults.push({ column: column.name, fault });
  }
  for (const name of Object.keys(row)) {
    if (columns.some((column) => column.name === name)) continue;
    faults.push({ column: name, fault: 'is none of this table' });
  }
  return faults;
}

function findFault({ type, nullable }: Column, value: unknown): string | undefined {
  if (value === undefined || value === null) return nullable ? undefined : 'is null';
  switch (type) {
    case 'string':
      return typeof value === 'string' ? undefined : `is a ${typeof value} instead of text`;
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : `is ${nameOf(value)} instead of an integer`;
    case 'number':
      return Number.isFinite(value) ? undefined : `is ${nameOf(value)} instead of a number`;
  }
}

function nameOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : `a ${typeof value}`;
}
