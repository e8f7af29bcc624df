/** The last samples of a signal in arrays that are never allocated anew, whatever the time a page is open. */

/** Columns of numbers, the first of which is time and only grows. */
export class SampleWindow {
  readonly #columns: readonly Float64Array[];
  readonly #capacity: number;
  #length = 0;

  /** Holds at least `capacity` samples of `width` columns. */
  constructor(width: number, capacity: number) {
    this.#capacity = capacity;
    this.#columns = Array.from({ length: width }, () => new Float64Array(2 * capacity));
  }

  /** How many samples are held. */
  get length(): number {
    return this.#length;
  }

  /** Takes in a sample; one that is not later than the last is left out, since charts need time to grow. */
  push(sample: readonly number[]): void {
    const [time] = this.#columns;
    const last = this.#length === 0 ? -Infinity : (time?.[this.#length - 1] ?? -Infinity);
    if (!((sample[0] ?? Number.NaN) > last)) return;
    if (this.#length === 2 * this.#capacity) this.#moveUp();
    this.#columns.forEach((column, index) => {
      column[this.#length] = sample[index] ?? Number.NaN;
    });
    this.#length += 1;
  }

  /** Views of the columns from the last sample before `from` on, so that a line enters from beyond the edge. */
  since(from: number): Float64Array[] {
    const start = Math.max(0, this.#firstAt(from) - 1);
    return this.#columns.map((column) => column.subarray(start, this.#length));
  }

  /** The last sample, or `undefined`. */
  last(): number[] | undefined {
    if (this.#length === 0) return undefined;
    return this.#columns.map((column) => column[this.#length - 1] ?? Number.NaN);
  }

  /** Forgets everything. */
  clear(): void {
    this.#length = 0;
  }

  #moveUp(): void {
    for (const column of this.#columns) column.copyWithin(0, this.#capacity, 2 * this.#capacity);
    this.#length = this.#capacity;
  }

  #firstAt(from: number): number {
    const [time] = this.#columns;
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((time?.[middle] ?? Infinity) < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
