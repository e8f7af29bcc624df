/** Inserts Parquet objects with the engine's own reader, row by row checked against the catalog. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { quotePath, quoteText } from '../engine/duckdb.ts';
import type { LocalObject } from './landing-object.ts';
import type { LandingSink, NumberedFile } from './landing-sink.ts';
import { readingOf } from './parquet-columns.ts';
import type { ParquetReading } from './parquet-columns.ts';
import type { Quarantine } from './quarantine.ts';

/** A Parquet object that can be read, as far as its end tells. */
export interface ParquetFile extends NumberedFile {
  readonly rows: number;
  readonly reading: ParquetReading;
}

/** Reads the description at the end of a Parquet object. Gives a sentence when its columns are not those of the table. */
export async function describeParquet(
  { engine, table }: LandingSink,
  { path, number }: NumberedFile,
): Promise<ParquetFile | { readonly fault: string }> {
  const file = quotePath(path);
  const columns = await engine.query(`DESCRIBE SELECT * FROM read_parquet(${file})`);
  const [metadata] = await engine.query(`SELECT num_rows FROM parquet_file_metadata(${file})`);
  const reading = readingOf(
    table,
    columns.map((row) => ({ name: String(row['column_name']), type: String(row['column_type']) })),
  );
  if ('fault' in reading) return reading;
  return { path, number, rows: Number(metadata?.['num_rows'] ?? 0), reading };
}

/** The same for two files if they can be inserted together. */
export function readingKeyOf({ reading }: ParquetFile): string {
  return `${reading.values.join(' ')} ${reading.isGood}`;
}

/** Inserts the good rows of files that are read alike. False, and nothing of them, when one of their rows is not good. */
export function insertParquet(
  sink: LandingSink,
  files: readonly [ParquetFile, ...ParquetFile[]],
): Promise<boolean> {
  return sink.inTransaction(async () => {
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    const isWhole = (await insertGood(sink, files)) === rows;
    return { keep: isWhole, value: isWhole };
  });
}

/** Inserts the good rows of one file, and puts the others into quarantine. All of it, or nothing when the file cannot be read. */
export function insertGoodRows(
  sink: LandingSink,
  file: ParquetFile,
  {
    object,
    quarantine,
    badRowsPath,
  }: { object: LocalObject; quarantine: Quarantine; badRowsPath: string },
): Promise<number> {
  return sink.inTransaction(async () => {
    const rows = await insertGood(sink, [file]);
    const { reason, original, isGood } = file.reading;
    await sink.engine.run(`COPY (
      SELECT file_row_number + 1 AS line, ${reason} AS reason, CAST(${original} AS VARCHAR) AS original
      FROM ${toReader(sink, [file])} WHERE NOT (${isGood}) ORDER BY line
    ) TO ${quoteText(badRowsPath)} (FORMAT json)`);
    for await (const text of createInterface({ input: createReadStream(badRowsPath) })) {
      const { line, reason, original } = JSON.parse(text) as BadRow;
      const entry = { file: object.name, line, reason, table: object.table };
      await quarantine.add(entry, Buffer.from(original));
    }
    return { keep: true, value: rows };
  });
}

interface BadRow {
  readonly line: number;
  readonly reason: string;
  readonly original: string;
}

function insertGood(
  sink: LandingSink,
  files: readonly [ParquetFile, ...ParquetFile[]],
): Promise<number> {
  const { values, isGood } = files[0].reading;
  return sink.insert(files, { reader: toReader(sink, files), values, where: isGood });
}

function toReader(sink: LandingSink, files: readonly ParquetFile[]): string {
  const paths = files.map(({ path }) => quotePath(path)).join(', ');
  return `read_parquet([${paths}], file_row_number = true${sink.filenameOption})`;
}
