/** Whether a parsed JSON value is a record that may land. The bridge asks before it lands, the scanner when it reads. */
import { TABLES } from './catalog.ts';
import type { Column, LandingTableName } from './catalog.ts';

/** One record as it lands: the columns of the catalog that it has, in the order of the catalog. */
export type LandingRecord = Readonly<Record<string, string | number | null>>;

/** A record that may land, or why it may not. The reason names columns and never repeats values. */
export type CheckedRecord =
  | { readonly ok: true; readonly record: LandingRecord }
  | { readonly ok: false; readonly reason: string };

/** The end of the year 9999: later dates have no four-digit year. */
const EPOCH_MS_MAX = 253_402_300_799_999;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The other spelling of a column that occurs in the wild. */
export const OTHER_SPELLINGS: Readonly<Record<string, string>> = { timeStamp: 'timestamp' };

/**
 * Checks one parsed landing record against the catalog. Keys that the catalog does not know are left out; columns that
 * may be null stay absent when they are; −0 becomes 0. Never throws.
 */
export function validateLandingRecord(table: LandingTableName, value: unknown): CheckedRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'not a JSON object' };
  }
  const given = value as Readonly<Record<string, unknown>>;
  const record: Record<string, string | number | null> = {};
  for (const column of TABLES[table].columns) {
    const reading = readColumn(given, column);
    if (reading === undefined) continue;
    const fault = faultOf(column, reading);
    if (fault !== undefined) return { ok: false, reason: `${column.name} ${fault}` };
    record[column.name] = reading === 0 ? 0 : (reading as string | number | null);
  }
  return { ok: true, record };
}

/** The value of a column; `undefined` only where it is absent and may be; a symbol where two spellings disagree. */
function readColumn(given: Readonly<Record<string, unknown>>, column: Column): unknown {
  const value = given[column.name];
  const other = OTHER_SPELLINGS[column.name];
  const otherValue = other === undefined ? undefined : given[other];
  if (value === undefined && otherValue === undefined) return column.nullable ? undefined : null;
  if (value !== undefined && otherValue !== undefined && value !== otherValue) return DISAGREE;
  return value === undefined ? otherValue : value;
}

const DISAGREE: unique symbol = Symbol('two spellings disagree');

function faultOf(column: Column, value: unknown): string | undefined {
  if (value === null) return column.nullable ? undefined : 'is missing';
  if (value === DISAGREE) return 'is there in two spellings that disagree';
  if (column.type === 'string') return textFault(column, value);
  if (typeof value !== 'number') return 'is not a number';
  if (!Number.isFinite(value)) return 'is not a finite number';
  return column.type === 'integer' ? integerFault(column, value) : undefined;
}

function textFault(column: Column, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is not text';
  if (value === '' && !column.nullable) return 'is empty';
  // Half of a surrogate pair has no UTF-8 form: it could not be stored as it came.
  return LONE_SURROGATE.test(value) ? 'is not well-formed Unicode' : undefined;
}

function integerFault(column: Column, value: number): string | undefined {
  if (!Number.isSafeInteger(value)) return 'is not a whole number';
  const isDate = column.unit === 'epoch-ms';
  return isDate && (value < 0 || value > EPOCH_MS_MAX)
    ? 'is not a date in ms since 1970 up to the year 9999'
    : undefined;
}
