/** Whether a parsed JSON value is a record that may land. The bridge asks before it lands, the scanner when it reads. */
import { TABLES } from './catalog.ts';
import type { Column, LandingTableName } from './catalog.ts';

/** One record as it lands: the columns of the catalog that it has, in the order of the catalog. */
export type LandingRecord = Readonly<Record<string, string | number | null>>;

/** Why a record may not land, for machines. */
export type RecordFault = 'not-an-object' | keyof typeof COLUMN_FAULTS;

/**
 * A record that may land, or why it may not: as a code with the column that is at fault, and as a sentence. Both name
 * columns and never repeat values.
 */
export type CheckedRecord =
  | { readonly ok: true; readonly record: LandingRecord }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly code: RecordFault;
      readonly column?: string;
    };

/** What a column's value can be, in the words of a sentence that begins with the column. */
export const COLUMN_FAULTS = {
  missing: 'is missing',
  'spellings-disagree': 'is there in two spellings that disagree',
  'not-text': 'is not text',
  empty: 'is empty',
  'lone-surrogate': 'is not well-formed Unicode',
  'not-a-number': 'is not a number',
  'not-finite': 'is not a finite number',
  'not-whole': 'is not a whole number',
  'not-a-date': 'is not a date in ms since 1970 up to the year 9999',
} as const;
type ColumnFault = keyof typeof COLUMN_FAULTS;

/** The end of the year 9999: later dates have no four-digit year. */
export const EPOCH_MS_MAX = 253_402_300_799_999;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The other spelling of a column that occurs in the wild. */
export const OTHER_SPELLINGS: Readonly<Record<string, string>> = { timeStamp: 'timestamp' };

/**
 * Checks one parsed landing record against the catalog. Keys that the catalog does not know are left out; columns that
 * may be null stay absent when they are; −0 becomes 0. Never throws.
 */
export function validateLandingRecord(table: LandingTableName, value: unknown): CheckedRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'not a JSON object', code: 'not-an-object' };
  }
  const given = value as Readonly<Record<string, unknown>>;
  const record: Record<string, string | number | null> = {};
  for (const column of TABLES[table].columns) {
    const reading = readColumn(given, column);
    if (reading === undefined) continue;
    const code = faultOf(column, reading);
    if (code !== undefined) {
      const reason = `${column.name} ${COLUMN_FAULTS[code]}`;
      return { ok: false, reason, code, column: column.name };
    }
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

function faultOf(column: Column, value: unknown): ColumnFault | undefined {
  if (value === null) return column.nullable ? undefined : 'missing';
  if (value === DISAGREE) return 'spellings-disagree';
  if (column.type === 'string') return textFault(column, value);
  if (typeof value !== 'number') return 'not-a-number';
  if (!Number.isFinite(value)) return 'not-finite';
  return column.type === 'integer' ? integerFault(column, value) : undefined;
}

function textFault(column: Column, value: unknown): ColumnFault | undefined {
  if (typeof value !== 'string') return 'not-text';
  if (value === '' && !column.nullable) return 'empty';
  // Half of a surrogate pair has no UTF-8 form: it could not be stored as it came.
  return LONE_SURROGATE.test(value) ? 'lone-surrogate' : undefined;
}

function integerFault(column: Column, value: number): ColumnFault | undefined {
  if (!Number.isSafeInteger(value)) return 'not-whole';
  const isDate = column.unit === 'epoch-ms';
  return isDate && (value < 0 || value > EPOCH_MS_MAX) ? 'not-a-date' : undefined;
}
