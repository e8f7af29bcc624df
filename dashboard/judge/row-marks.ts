/** What is known of the rows of a table, in as few bytes as it takes: a table may have a million of them. */

/** The row is about somebody who does not share data for research, or not yet. */
export const LEAKED = 1;
/** The row is wrong in another way: of the wrong person, of nobody, or there before. */
export const WRONG = 2;

/** Stands for a reading or a person that there is none of. */
export const NONE = -1;

/** Rows to begin with. */
const ROWS_MIN = 1_024;

/** The marks of some rows, in their order. */
export class RowMarks {
  #flags = new Uint8Array(ROWS_MIN);
  #first = new Int32Array(ROWS_MIN);
  #second = new Int32Array(ROWS_MIN);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Adds a row: its flags, and the numbers of the readings behind it, or of the person. */
  add(flags: number, first: number, second: number = NONE): void {
    if (this.#count === this.#flags.length) this.#grow();
    this.#flags[this.#count] = flags;
    this.#first[this.#count] = first;
    this.#second[this.#count] = second;
    this.#count++;
  }

  flagsOf(row: number): number {
    return this.#flags[row] ?? 0;
  }

  /** The reading or the person behind a row, or {@link NONE}. */
  firstOf(row: number): number {
    return this.#first[row] ?? NONE;
  }

  /** The phone sample behind a row of pairs, or {@link NONE}. */
  secondOf(row: number): number {
    return this.#second[row] ?? NONE;
  }

  /** How many rows have one of these flags. */
  countWith(flags: number): number {
    let found = 0;
    for (let row = 0; row < this.#count; row++) if ((this.flagsOf(row) & flags) !== 0) found++;
    return found;
  }

  /** The numbers of rows with one of these flags, or of all rows, from the `offset`-th of them on. */
  pick(flags: number | undefined, { offset, limit }: { offset: number; limit: number }): number[] {
    const rows: number[] = [];
    let passed = 0;
    for (let row = 0; row < this.#count && rows.length < limit; row++) {
      if (flags !== undefined && (this.flagsOf(row) & flags) === 0) continue;
      if (passed++ >= offset) rows.push(row);
    }
    return rows;
  }

  #grow(): void {
    const rows = 2 * this.#flags.length;
    const grown = {
      flags: new Uint8Array(rows),
      first: new Int32Array(rows),
      second: new Int32Array(rows),
    };
    grown.flags.set(this.#flags);
    grown.first.set(this.#first);
    grown.second.set(this.#second);
    this.#flags = grown.flags;
    this.#first = grown.first;
    this.#second = grown.second;
  }
}
