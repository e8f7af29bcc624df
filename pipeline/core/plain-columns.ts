/** The values of plain lines by column: what the scan of the lines fills, and what is written for the engine. */
import { TABLES } from './catalog.ts';
import type { Column, LandingTableName } from './catalog.ts';
import { TextDictionary } from './text-dictionary.ts';

const FIRST_ROWS = 256;

/** One column. What stands in a row without a value does not matter. */
export class PlainColumn {
  readonly column: Column;
  /** The numbers of a column of numbers. */
  numbers: Float64Array;
  /** For a column of texts, their numbers in the dictionary. */
  texts: Uint32Array;
  readonly dictionary: TextDictionary = new TextDictionary();
  /** 1 for the rows that have a value; only of columns that may lack one. */
  isThere: Uint32Array;

  constructor(column: Column) {
    this.column = column;
    this.numbers = new Float64Array(0);
    this.texts = new Uint32Array(0);
    this.isThere = new Uint32Array(0);
    this.resize(FIRST_ROWS);
  }

  /** Makes room for so many rows; those that are there stay. */
  resize(rows: number): void {
    if (this.column.type === 'string') this.texts = copied(this.texts, new Uint32Array(rows));
    else {
      const numbers = new Float64Array(rows);
      numbers.set(this.numbers);
      this.numbers = numbers;
    }
    if (this.column.nullable) this.isThere = copied(this.isThere, new Uint32Array(rows));
  }

  /** Forgets all values. */
  clear(): void {
    this.dictionary.clear();
    this.isThere.fill(0);
  }
}

/** The columns of a table, in the order of the catalog. */
export class PlainColumns {
  readonly columns: readonly PlainColumn[];
  /** How many rows there are. Values that stand behind them are of a line that is not whole. */
  rows = 0;
  #room: number = FIRST_ROWS;

  constructor(table: LandingTableName) {
    this.columns = TABLES[table].columns.map((column) => new PlainColumn(column));
  }

  /** Makes sure that there is room for one more row. */
  reserve(): void {
    if (this.rows < this.#room) return;
    this.#room *= 2;
    for (const column of this.columns) column.resize(this.#room);
  }

  /** Bytes of all different texts. */
  get textBytes(): number {
    return this.columns.reduce((sum, { dictionary }) => sum + dictionary.bytes.length, 0);
  }

  /** Forgets all rows, and keeps the room. */
  clear(): void {
    this.rows = 0;
    for (const column of this.columns) column.clear();
  }
}

function copied(values: Uint32Array, longer: Uint32Array): Uint32Array {
  longer.set(values);
  return longer;
}
