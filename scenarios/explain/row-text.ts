/** Rows of tables as people give them to `explain`: values with bars between them, or JSON. */
import { ScenarioError } from '../scenario-error.ts';

/** A row by its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** The columns that tell which reading a row is, in the order of a text with bars. */
const TRAINER_COLUMNS = ['serialNumber', 'sensorReadingTime', 'distanceFromObject'] as const;
const PHONE_COLUMNS = ['user', 'timeStamp', 'x', 'y', 'z'] as const;
const TEXT_COLUMNS: ReadonlySet<string> = new Set(['serialNumber', 'user']);

/**
 * Reads a row. Nothing, when the text is not meant as one.
 *
 * @throws ScenarioError READING_NOT_FOUND for a row that lacks a column, has one too many, or has words for a number
 */
export function parseRow(text: string): Row | undefined {
  if (text.startsWith('{')) return requireColumns(parseJson(text));
  if (!text.includes('|')) return undefined;
  const values = text.split('|').map((value) => value.trim());
  const columns = [TRAINER_COLUMNS, PHONE_COLUMNS].find(({ length }) => length === values.length);
  if (columns === undefined) {
    throw malformed(
      `A row has 3 values, ${TRAINER_COLUMNS.join('|')}, or 5, ${PHONE_COLUMNS.join('|')}; this one has ${values.length}.`,
    );
  }
  return requireColumns(
    Object.fromEntries(columns.map((column, index) => [column, values[index]])),
  );
}

function parseJson(text: string): Row {
  try {
    return JSON.parse(text) as Row;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw malformed(`This row is no JSON: ${why}. Put it in quotes for your shell.`, cause);
  }
}

function requireColumns(row: Row): Row {
  const columns = 'serialNumber' in row ? TRAINER_COLUMNS : PHONE_COLUMNS;
  const absent = columns.filter((column) => row[column] === undefined);
  if (absent.length > 0) {
    throw malformed(
      `This row has no ${absent.join(', ')}. A row of a trainer has ${TRAINER_COLUMNS.join(', ')}; one of a phone has ${PHONE_COLUMNS.join(', ')}.`,
    );
  }
  for (const column of columns) {
    const value = String(row[column]).trim();
    if (TEXT_COLUMNS.has(column)) continue;
    if (value === '' || !Number.isFinite(Number(value))) {
      const unit = /time/i.test(column) ? ' of ms since 1970, such as 1655571629076' : '';
      throw malformed(`"${value}" is no ${column}: it is a number${unit}.`);
    }
  }
  return row;
}

function malformed(message: string, cause?: unknown): ScenarioError {
  return new ScenarioError('READING_NOT_FOUND', message, cause === undefined ? {} : { cause });
}
