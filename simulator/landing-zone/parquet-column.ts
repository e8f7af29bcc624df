/** The values of one column of a Parquet file, gathered row by row. */
import { ByteList, int64Bytes, levelBytes, numberedBytes } from '../../pipeline/index.ts';
import type { ColumnPages } from '../../pipeline/index.ts';
import type { LandingColumn } from './core/landing-columns.ts';

const FIRST_VALUES = 4_096;

/**
 * Gathers values. Times are stored as they are, since few repeat; everything else as numbers of a dictionary, since the
 * rows of a session share most of their values.
 */
export class ParquetColumn {
  readonly #column: LandingColumn;
  readonly #numbers = new Map<string | number, number>();
  /** The values of a time, and otherwise their numbers in the dictionary; only of rows that have one. */
  #values = new Float64Array(FIRST_VALUES);
  #count = 0;
  #isThere = new Uint32Array(FIRST_VALUES);
  #rows = 0;
  #last: string | number | undefined;
  #lastNumber = 0;

  constructor(column: LandingColumn) {
    this.#column = column;
  }

  add(value: string | number | undefined): void {
    if (this.#column.nullable) {
      if (this.#rows === this.#isThere.length) this.#isThere = doubled(this.#isThere, Uint32Array);
      this.#isThere[this.#rows] = value === undefined ? 0 : 1;
    }
    this.#rows++;
    if (value === undefined) return;
    if (this.#count === this.#values.length) this.#values = doubled(this.#values, Float64Array);
    this.#values[this.#count++] =
      this.#column.type === 'time' ? (value as number) : this.#numberOf(value);
  }

  /** The pages of all that was added. */
  pages(): ColumnPages {
    const { name, nullable, type } = this.#column;
    const field = { name, nullable, type: type === 'time' ? 'integer' : type } as const;
    const data = new ByteList();
    if (nullable) data.append(levelBytes(this.#isThere.subarray(0, this.#rows)));
    const dictionary = type === 'time' ? undefined : this.#dictionary();
    const values = this.#values.subarray(0, this.#count);
    data.append(
      dictionary === undefined
        ? int64Bytes(values)
        : numberedBytes(Uint32Array.from(values), dictionary.values),
    );
    return { field, rows: this.#rows, dictionary, data: data.bytes };
  }

  #numberOf(value: string | number): number {
    // Neighbours are often equal, and to compare is quicker than to look up.
    if (value === this.#last) return this.#lastNumber;
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(value, number);
    }
    this.#last = value;
    this.#lastNumber = number;
    return number;
  }

  #dictionary(): { readonly bytes: Uint8Array; readonly values: number } {
    const values = [...this.#numbers.keys()];
    const { type } = this.#column;
    if (type === 'string') return { bytes: texts(values as string[]), values: values.length };
    const numbers = Float64Array.from(values as number[]);
    return {
      bytes: type === 'number' ? doubles(numbers) : int64Bytes(numbers),
      values: values.length,
    };
  }
}

function doubled<List extends Uint32Array | Float64Array>(
  values: List,
  Longer: new (length: number) => List,
): List {
  const longer = new Longer(2 * values.length);
  longer.set(values);
  return longer;
}

function texts(values: readonly string[]): Uint8Array {
  const bytes = new ByteList();
  const encoder = new TextEncoder();
  for (const value of values) {
    const encoded = encoder.encode(value);
    bytes.uint32(encoded.length);
    bytes.append(encoded);
  }
  return bytes.bytes;
}

function doubles(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setFloat64(8 * index, value, true);
  return bytes;
}
