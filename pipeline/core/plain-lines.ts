/**
 * Plain lines: files in which every line is one record of exactly the same shape, all keys there, in one order, with
 * numbers and strings in their simplest notation. No two JSON readers disagree about such a line, so the engine may read
 * the file itself. Everything else is read record by record.
 */
import { TABLES } from './catalog.ts';
import type { Column, LandingTableName } from './catalog.ts';
import { OTHER_SPELLINGS } from './landing-record.ts';
import { RECORD_BYTES_MAX } from './record-splitter.ts';

/** The shape of a file's lines: what one line matches, and how the file spells each column of the catalog. */
export interface PlainShape {
  /** Sticky, and takes the line end with it. */
  readonly line: RegExp;
  readonly spellings: Readonly<Record<string, string>>;
}

/** JSON's white space within a line. */
const GAP = '[ \\t]*';
/** No escapes, no control characters, not empty; bytes from 0x80 on are some UTF-8. */
const TEXT = '"[^"\\\\\\x00-\\x1f]+"';
/** At most 15 digits: far from the end of what a double holds exactly. */
const WHOLE = '(?:0|-?[1-9]\\d{0,14})(?:\\.0{1,9})?';
/** At most 14 digits, so that the year stays below 5139. */
const EPOCH_MS = '(?:0|[1-9]\\d{0,13})(?:\\.0{1,9})?';
const DECIMAL = '-?(?:0|[1-9]\\d{0,14})(?:\\.\\d{1,17})?';

/** The shape that the lines of a file must have if its first line is `firstLine`; `undefined` when that line is not plain. */
export function plainShapeOf(table: LandingTableName, firstLine: string): PlainShape | undefined {
  const { columns } = TABLES[table];
  // A column that may be absent makes lines of many shapes. Only the small customer feed has such columns.
  if (columns.some((column) => column.nullable)) return undefined;
  const keys = keysOf(firstLine);
  const spellings: Record<string, string> = {};
  const fields: string[] = [];
  for (const key of keys) {
    const column = columns.find(({ name }) => name === key || OTHER_SPELLINGS[name] === key);
    if (column === undefined || spellings[column.name] !== undefined) return undefined;
    spellings[column.name] = key;
    fields.push(`"${key}"${GAP}:${GAP}${valuePattern(column)}`);
  }
  if (fields.length !== columns.length) return undefined;
  const object = `\\{${GAP}${fields.join(`${GAP},${GAP}`)}${GAP}\\}`;
  return { line: new RegExp(`${object}${GAP}\\r?(?:\\n|$)`, 'y'), spellings };
}

/**
 * How many lines `text` has when all of them have the shape; `undefined` when one has not. `text` holds whole lines, one
 * character for each byte.
 */
export function countPlainLines({ line }: PlainShape, text: string): number | undefined {
  let lines = 0;
  let from = 0;
  while (from < text.length) {
    line.lastIndex = from;
    if (!line.test(text) || line.lastIndex - from > RECORD_BYTES_MAX) return undefined;
    from = line.lastIndex;
    lines++;
  }
  return lines;
}

function keysOf(line: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

function valuePattern(column: Column): string {
  if (column.type === 'string') return TEXT;
  if (column.type === 'number') return DECIMAL;
  return column.unit === 'epoch-ms' ? EPOCH_MS : WHOLE;
}
