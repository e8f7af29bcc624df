/**
 * Plain lines: objects in which every line is one record whose keys stand in one of a few layouts, with numbers and strings in
 * their simplest notation. No two JSON readers disagree about such a line, so its values are taken while it is looked at.
 * Everything else is read record by record.
 */
import type { LandingTableName } from './catalog.ts';
import { LAYOUT_LINE_BYTES_MAX, plainLayoutOf } from './plain-layout.ts';
import { CHUNK_BYTES_MAX, PlainScan, ROWS_MAX } from './plain-scan.ts';
import type { ScanPlan } from './plain-scan.ts';
import { RECORD_BYTES_MAX } from './record-splitter.ts';

/** What looking at lines needs. */
export interface PlainLinesOptions {
  readonly isUtf8: (bytes: Uint8Array) => boolean;
  /** Has to take the rows out of the scan, because there is no room for more. */
  readonly onFull: () => void;
}

/** More layouts than optional columns can make in one order of the keys. */
const LAYOUTS_MAX = 64;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Looks at the bytes of objects as they come, and takes the values of their lines for as long as all of them are plain. */
export class PlainLines {
  /** The rows of the lines. */
  readonly scan: PlainScan;
  readonly #table: LandingTableName;
  readonly #options: PlainLinesOptions;
  readonly #plans: ScanPlan[] = [];
  /** The bytes of a line that is not whole yet, at the beginning of the input. */
  #kept = 0;
  #lines = 0;
  /** How many layouts the object has that were not known before. */
  #layouts = 0;
  #isPlain = true;

  constructor(table: LandingTableName, options: PlainLinesOptions) {
    this.scan = new PlainScan(table);
    this.#table = table;
    this.#options = options;
  }

  /** How many lines the object has so far. */
  get lines(): number {
    return this.#lines;
  }

  /** Begins with the next object. */
  begin(): void {
    this.#kept = 0;
    this.#lines = 0;
    this.#isPlain = true;
    // No object may use up what the next one needs.
    this.#layouts = 0;
    if (this.#plans.length >= LAYOUTS_MAX) {
      this.#plans.length = 0;
      this.scan.clearPlans();
    }
  }

  /** Takes the next bytes of the object, which it copies. False as soon as a line is not plain. */
  push(chunk: Uint8Array): boolean {
    for (let from = 0; from < chunk.length && this.#isPlain; from += CHUNK_BYTES_MAX) {
      this.#take(chunk.subarray(from, from + CHUNK_BYTES_MAX));
    }
    return this.#isPlain;
  }

  /** Takes the last line, which may lack its end. True when all lines of the object were plain and there was one. */
  end(): boolean {
    if (this.#kept > 0) this.push(Uint8Array.of(NEWLINE));
    return this.#isPlain && this.#lines > 0;
  }

  #take(chunk: Uint8Array): void {
    const { input } = this.scan;
    if (this.scan.isFull) this.#options.onFull();
    input.set(chunk, this.#kept);
    const length = this.#kept + chunk.length;
    const end = input.subarray(0, length).lastIndexOf(NEWLINE) + 1;
    this.#isPlain =
      this.#follow(end) &&
      this.#options.isUtf8(input.subarray(0, end)) &&
      length - end <= RECORD_BYTES_MAX;
    input.copyWithin(0, end, length);
    this.#kept = length - end;
  }

  /** Whether all lines up to `end` are made to a layout. */
  #follow(end: number): boolean {
    for (let from = 0; from < end;) {
      if (this.scan.rows >= ROWS_MAX) this.#options.onFull();
      const rows = this.scan.rows;
      const next = this.#followOne(from, end);
      if (next === from) return false;
      this.#lines += this.scan.rows - rows;
      from = next;
    }
    return true;
  }

  /** Follows the layout of the line at `from`; gives where the first line begins that has another, or `from`. */
  #followOne(from: number, end: number): number {
    for (const plan of this.#plans) {
      const next = this.scan.follow(plan, from, end);
      if (next > from) return next;
    }
    const layout = this.#layouts++ < LAYOUTS_MAX && plainLayoutOf(this.#table, this.#lineAt(from));
    const plan = layout ? this.scan.plan(layout) : undefined;
    if (plan === undefined) return from;
    this.#plans.push(plan);
    // The expression and the scan have to agree.
    return this.scan.follow(plan, from, end);
  }

  /** The line at `at` with one character for each byte; empty when it is too long to be looked at. */
  #lineAt(at: number): string {
    const { input } = this.scan;
    let end = input.indexOf(NEWLINE, at);
    if (end - at > LAYOUT_LINE_BYTES_MAX) return '';
    if (input[end - 1] === CARRIAGE_RETURN) end--;
    return String.fromCharCode(...input.subarray(at, end));
  }
}
