/**
 * The layout of plain lines: what stands in every line alike, and what kind of value stands between. It is found with one
 * regular expression from the catalog, so that the notation of values is written down in one place.
 */
import { TABLES } from './catalog.ts';
import type { Column, LandingTableName } from './catalog.ts';
import { OTHER_SPELLINGS } from './landing-record.ts';

/** What a value may be made of. */
export type PlainValue = 'text' | 'text-or-empty' | 'whole' | 'epoch-ms' | 'decimal';

/** How the lines of one layout are made: a literal in front of each value, and one at the end. */
export interface PlainLayout {
  readonly values: readonly PlainValue[];
  /** For each value, the place of its column in the catalog. */
  readonly columns: readonly number[];
  /** One more than there are values; ASCII. */
  readonly literals: readonly string[];
}

/** The longest line that a layout is taken from: what repeats in every line is never long. */
export const LAYOUT_LINE_BYTES_MAX = 4096;
/** Digits in front of the point: far from the end of what a double holds exactly. */
export const DIGITS_MAX = 15;
/** One digit less for dates, so that the year stays below 5139. */
export const EPOCH_DIGITS_MAX: number = DIGITS_MAX - 1;
/** Digits behind the point of a decimal. */
export const FRACTION_DIGITS_MAX = 17;
/** Zeros behind the point of a whole number. */
export const FRACTION_ZEROS_MAX = 9;

/** JSON's white space within a line. */
const GAP = '[ \\t]*';
/** No escapes and no control characters; bytes from 0x80 on are some UTF-8. */
const CHARACTERS = '[^"\\\\\\x00-\\x1f]';
const PATTERNS: Readonly<Record<PlainValue, string>> = {
  text: `${CHARACTERS}+`,
  'text-or-empty': `${CHARACTERS}*`,
  whole: `(?:0|-?[1-9]\\d{0,${DIGITS_MAX - 1}})(?:\\.0{1,${FRACTION_ZEROS_MAX}})?`,
  'epoch-ms': `(?:0|[1-9]\\d{0,${EPOCH_DIGITS_MAX - 1}})(?:\\.0{1,${FRACTION_ZEROS_MAX}})?`,
  decimal: `-?(?:0|[1-9]\\d{0,${DIGITS_MAX - 1}})(?:\\.\\d{1,${FRACTION_DIGITS_MAX}})?`,
};

/**
 * The layout of a line without its line end, given with one character for each byte; `undefined` when it is not plain.
 */
export function plainLayoutOf(table: LandingTableName, line: string): PlainLayout | undefined {
  const record = parseObject(line);
  if (record === undefined) return undefined;
  const seen = new Set<Column>();
  const values: PlainValue[] = [];
  const columns: number[] = [];
  let pattern = `(\\{${GAP}`;
  for (const [index, [key, value]] of Object.entries(record).entries()) {
    const column = columnOf(table, key);
    if (column === undefined || seen.has(column)) return undefined;
    seen.add(column);
    pattern += `${index === 0 ? '' : `${GAP},${GAP}`}"${key}"${GAP}:${GAP}`;
    // What is not given is part of the layout: lines with and without it have different ones.
    if (value === null && column.nullable) pattern += 'null';
    else {
      const kind = valueOf(column);
      const quote = column.type === 'string' ? '"' : '';
      values.push(kind);
      columns.push(TABLES[table].columns.indexOf(column));
      pattern += `${quote})(${PATTERNS[kind]})(${quote}`;
    }
  }
  const isWhole = TABLES[table].columns.every((column) => column.nullable || seen.has(column));
  if (!isWhole) return undefined;
  const parts = new RegExp(`^${pattern}${GAP}\\}${GAP})$`).exec(line)?.slice(1);
  return parts && { values, columns, literals: parts.filter((_, index) => index % 2 === 0) };
}

function columnOf(table: LandingTableName, key: string): Column | undefined {
  return TABLES[table].columns.find(({ name }) => name === key || OTHER_SPELLINGS[name] === key);
}

function parseObject(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function valueOf({ type, nullable, unit }: Column): PlainValue {
  if (type === 'string') return nullable ? 'text-or-empty' : 'text';
  if (type === 'number') return 'decimal';
  return unit === 'epoch-ms' ? 'epoch-ms' : 'whole';
}
