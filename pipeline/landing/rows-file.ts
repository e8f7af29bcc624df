/** Writes the rows of plain objects to a Parquet file in scratch, which the engine reads at a fraction of what JSON costs it. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { PlainScan, ScanPosition } from '../core/plain-scan.ts';
import { ByteList, int64Bytes, levelBytes, numberedBytes } from '../parquet/index.ts';
import { ParquetFile, UNCOMPRESSED } from '../parquet/index.ts';
import type { ColumnPages, ParquetField, ParquetMark } from '../parquet/index.ts';
import { unwritable } from '../storage/folder-failure.ts';

/** Some rows that come from one object. */
interface Share {
  readonly number: number;
  readonly rows: number;
}

/** The object that is looked through. */
interface OpenObject {
  readonly number: number;
  /** Where its values begin. */
  readonly from: ScanPosition;
  /** Where in the file its rows begin, as soon as some of them are written. */
  readonly mark: ParquetMark | undefined;
}

/** The file of the rows of many objects, taken from a scan. Failures are PipelineError OUTPUT_UNWRITABLE or DISK_FULL. */
export class RowsFile {
  readonly path: string;
  readonly #scan: PlainScan;
  readonly #numberField: ParquetField | undefined;
  readonly #file: ParquetFile;
  readonly #descriptor: number;
  #length = 0;
  /** The objects whose rows are taken, but not written yet. */
  #shares: Share[] = [];
  #open: OpenObject;

  /** With `numberColumn`, that column has the number of the object from which a row is. */
  constructor(path: string, scan: PlainScan, numberColumn: string | undefined) {
    this.path = path;
    this.#scan = scan;
    this.#numberField =
      numberColumn === undefined
        ? undefined
        : { name: numberColumn, type: 'integer', nullable: false };
    this.#open = { number: 0, from: scan.start, mark: undefined };
    this.#descriptor = this.#try(() => openSync(path, 'w'));
    const numbers = this.#numberField === undefined ? [] : [this.#numberField];
    this.#file = new ParquetFile({
      fields: [...scan.columns, ...numbers],
      codec: UNCOMPRESSED,
      write: (piece) => this.#write(piece),
    });
  }

  /** Begins with an object: what the scan takes from now on is of it. */
  begin(number: number): void {
    this.#open = { number, from: this.#scan.position, mark: undefined };
  }

  /** Writes what the scan has taken, so that there is room again. */
  flush(): void {
    const { number, from, mark } = this.#open;
    // What comes before the object stays in the file whatever becomes of the object.
    this.#writeGroup(this.#scan.start, from, this.#shares);
    this.#open = { number, from: this.#scan.start, mark: mark ?? this.#file.mark };
    const { position } = this.#scan;
    this.#writeGroup(from, position, [{ number, rows: position.rows - from.rows }]);
    this.#forget();
  }

  /** Keeps the rows of the object. */
  keep(): void {
    const { number, from } = this.#open;
    this.#shares.push({ number, rows: this.#scan.rows - from.rows });
  }

  /** Forgets the rows of the object. */
  drop(): void {
    const { from, mark } = this.#open;
    this.#scan.rollBack(from);
    if (mark === undefined) return;
    this.#file.rollBack(mark);
    this.#length = mark.bytes;
    this.#try(() => ftruncateSync(this.#descriptor, mark.bytes));
  }

  /** Writes what is left, and ends the file. Gives its rows. */
  end(): number {
    this.#writeGroup(this.#scan.start, this.#scan.position, this.#shares);
    this.#forget();
    this.#file.end();
    return this.#file.mark.rows;
  }

  /** Has to be called at last, whatever happened. */
  close(): void {
    closeSync(this.#descriptor);
  }

  #forget(): void {
    this.#shares = [];
    this.#scan.rollBack(this.#scan.start);
  }

  #writeGroup(from: ScanPosition, to: ScanPosition, shares: readonly Share[]): void {
    const rows = to.rows - from.rows;
    if (rows === 0) return;
    const pages = this.#scan.columns.map((field, column) => {
      const values = this.#scan.values(column, from, to);
      const given = this.#scan.given(column, from, to);
      const data = given === undefined ? values : joined(levelBytes(given), values);
      return { field, rows, dictionary: undefined, data };
    });
    const numbers = this.#numberField && numberPages(this.#numberField, rows, shares);
    this.#file.rowGroup(numbers === undefined ? pages : [...pages, numbers]);
  }

  #write(piece: Uint8Array): void {
    this.#try(() => {
      for (let from = 0; from < piece.length;) {
        const left = piece.length - from;
        const written = writeSync(this.#descriptor, piece, from, left, this.#length);
        this.#length += written;
        from += written;
      }
    });
  }

  #try<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw unwritable(this.path, cause);
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new ByteList();
  bytes.append(first);
  bytes.append(second);
  return bytes.bytes;
}

/** The numbers of objects, each for as many rows as are from it. */
function numberPages(field: ParquetField, rows: number, shares: readonly Share[]): ColumnPages {
  const places = new Uint32Array(rows);
  let at = 0;
  for (const [place, share] of shares.entries()) places.fill(place, at, (at += share.rows));
  const numbers = Float64Array.from(shares, ({ number }) => number);
  const dictionary = { bytes: int64Bytes(numbers), values: numbers.length };
  return { field, rows, dictionary, data: numberedBytes(places, numbers.length) };
}
