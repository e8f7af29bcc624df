/** Inserts files of plain lines with the engine's own reader. */
import { TABLES } from '../core/catalog.ts';
import { quotePath } from '../engine/duckdb.ts';
import { quoteName, sqlTypeOf } from './landing-sink.ts';
import type { LandingSink, NumberedFile } from './landing-sink.ts';

/** A file of plain lines. */
export interface PlainFile extends NumberedFile {
  /** How it spells the columns that it has. */
  readonly spellings: Readonly<Record<string, string>>;
  readonly lines: number;
}

/** A little more than the longest plain line: the engine's buffers grow with it, and small ones are quicker. */
const ENGINE_RECORD_BYTES_MAX = 2 * 1024 * 1024;

/** The same for two files if they can be inserted together. */
export function spellingOf(sink: LandingSink, { spellings }: PlainFile): string {
  return TABLES[sink.table].columns.map(({ name }) => spellings[name] ?? name).join(' ');
}

/** Inserts files that are spelled alike. False, and nothing of them, when the engine saw other rows in them than were counted. */
export function insertPlain(sink: LandingSink, files: readonly PlainFile[]): Promise<boolean> {
  const { columns } = TABLES[sink.table];
  const spelled = (name: string): string => quoteName(files[0]?.spellings[name] ?? name);
  const values = columns.map(({ name, type }) =>
    // Adding zero turns −0 into 0, as the record reader does.
    type === 'number' ? `${spelled(name)} + 0.0` : spelled(name),
  );
  const types = columns.map((column) => `${spelled(column.name)}: '${sqlTypeOf(column)}'`);
  const reader = `read_json([${files.map(({ path }) => quotePath(path)).join(', ')}],
    format = 'newline_delimited', compression = 'uncompressed',
    maximum_object_size = ${ENGINE_RECORD_BYTES_MAX}, columns = {${types.join(', ')}}${sink.filenameOption})`;
  const expected = files.reduce((sum, { lines }) => sum + lines, 0);
  return sink.inTransaction(async () => {
    const isWhole = (await sink.insert(files, { reader, values })) === expected;
    return { keep: isWhole, value: isWhole };
  });
}
