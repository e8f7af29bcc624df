/** Writes the rows of plain lines to a Parquet file in scratch, which the engine reads at a fraction of what JSON costs it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { TABLES } from '../core/catalog.ts';
import type { LandingTableName } from '../core/catalog.ts';
import type { PlainColumn, PlainColumns } from '../core/plain-columns.ts';
import { ByteList, int64Bytes, levelBytes, numberedBytes } from '../parquet/index.ts';
import { ParquetFile, UNCOMPRESSED } from '../parquet/index.ts';
import type { ColumnPages } from '../parquet/index.ts';
import { unwritable } from '../storage/folder-failure.ts';

/** As many rows as the engine keeps together. */
const GROUP_ROWS = 122_880;
/** Bounds what texts that are all different take. */
const GROUP_TEXT_BYTES = 16 * 1024 * 1024;

/** A file of rows that is written while lines are looked through. Failures are PipelineError OUTPUT_UNWRITABLE or DISK_FULL. */
export class RowsFile {
  readonly #path: string;
  readonly #file: ParquetFile;
  #descriptor: number | undefined;

  constructor(path: string, table: LandingTableName) {
    this.#path = path;
    this.#file = new ParquetFile(TABLES[table].columns, UNCOMPRESSED);
  }

  /** Takes the rows from `columns` when there are enough of them for a group. */
  takeWhole(columns: PlainColumns): void {
    if (columns.rows >= GROUP_ROWS || columns.textBytes >= GROUP_TEXT_BYTES) this.#take(columns);
  }

  /** Takes the last rows and ends the file. */
  end(columns: PlainColumns): void {
    if (columns.rows > 0) this.#take(columns);
    this.#write(this.#file.end());
  }

  /** Has to be called at last, whatever happened. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #take(columns: PlainColumns): void {
    this.#write(
      this.#file.rowGroup(columns.columns.map((column) => toPages(column, columns.rows))),
    );
    columns.clear();
  }

  #write(piece: Uint8Array): void {
    try {
      this.#descriptor ??= openSync(this.#path, 'w');
      for (let from = 0; from < piece.length;) from += writeSync(this.#descriptor, piece, from);
    } catch (cause) {
      throw unwritable(this.#path, cause);
    }
  }
}

function toPages({ column, ...values }: PlainColumn, rows: number): ColumnPages {
  const isThere = column.nullable ? values.isThere.subarray(0, rows) : undefined;
  const data = new ByteList();
  if (isThere !== undefined) data.append(levelBytes(isThere));
  if (column.type === 'string') {
    const { dictionary, texts } = values;
    data.append(numberedBytes(present(texts.subarray(0, rows), isThere), dictionary.size));
    const pages = { bytes: dictionary.bytes, values: dictionary.size };
    return { field: column, rows, dictionary: pages, data: data.bytes };
  }
  const numbers = present(values.numbers.subarray(0, rows), isThere);
  data.append(
    column.type === 'integer'
      ? int64Bytes(numbers)
      : new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
  );
  return { field: column, rows, dictionary: undefined, data: data.bytes };
}

/** The values of those rows that have one. */
function present<List extends Uint32Array | Float64Array>(
  values: List,
  isThere: Uint32Array | undefined,
): List {
  return isThere === undefined
    ? values
    : (values.filter((_, index) => isThere[index] === 1) as List);
}
