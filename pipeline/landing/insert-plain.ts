/** Inserts the rows of files of our own: those of plain lines, and the good records of other objects. */
import { TABLES } from '../core/catalog.ts';
import { quotePath } from '../engine/duckdb.ts';
import { quoteName, sqlTypeOf } from './landing-sink.ts';
import type { LandingSink, NumberedFile } from './landing-sink.ts';
import type { GatheredRows } from './plain-rows.ts';

/** A file in scratch with lines of JSON, of which each is a good record. */
export interface CleanCopy extends NumberedFile {
  readonly lines: number;
}

/** A little more than the longest record: the engine's buffers grow with it, and small ones are quicker. */
const ENGINE_RECORD_BYTES_MAX = 2 * 1024 * 1024;

/** Inserts the rows of plain lines. False, and nothing of them, when the engine saw other rows than were counted. */
export function insertRows(sink: LandingSink, { path, rows }: GatheredRows): Promise<boolean> {
  return sink.inTransaction(async () => {
    const isWhole = (await sink.insertWhole(`read_parquet(${quotePath(path)})`)) === rows;
    return { keep: isWhole, value: isWhole };
  });
}

/** Inserts clean copies. False, and nothing of them, when the engine saw other rows in them than were counted. */
export function insertCopies(
  sink: LandingSink,
  files: readonly [CleanCopy, ...CleanCopy[]],
): Promise<boolean> {
  const { columns } = TABLES[sink.table];
  const paths = files.map(({ path }) => quotePath(path)).join(', ');
  const types = columns.map((column) => `${quoteName(column.name)}: '${sqlTypeOf(column)}'`);
  const reader = `read_json([${paths}], format = 'newline_delimited', compression = 'uncompressed',
    maximum_object_size = ${ENGINE_RECORD_BYTES_MAX}, columns = {${types.join(', ')}}${sink.filenameOption})`;
  const values = columns.map(({ name }) => quoteName(name));
  const expected = files.reduce((sum, { lines }) => sum + lines, 0);
  return sink.inTransaction(async () => {
    const isWhole = (await sink.insert(files, { reader, values })) === expected;
    return { keep: isWhole, value: isWhole };
  });
}
