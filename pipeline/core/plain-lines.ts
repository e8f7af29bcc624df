/**
 * Plain lines: files in which every line is one record whose keys stand in one of a few layouts, with numbers and strings in
 * their simplest notation. No two JSON readers disagree about such a line, so its values are taken while it is looked at.
 * Everything else is read record by record.
 */
import type { LandingTableName } from './catalog.ts';
import { LAYOUT_LINE_BYTES_MAX, plainLayoutOf } from './plain-layout.ts';
import { PlainColumns } from './plain-columns.ts';
import { isMadeTo, planScan, scanLines, SLACK_BYTES } from './plain-scan.ts';
import type { ScanPlan } from './plain-scan.ts';
import type { Memory } from './plain-values.ts';
import { RECORD_BYTES_MAX } from './record-splitter.ts';

/** More layouts than optional columns can make in one order of the keys. */
const LAYOUTS_MAX = 64;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Looks at the bytes of one file as they come, and takes the values of its lines for as long as all of them are plain. */
export class PlainLines {
  /** The rows of the lines since it was cleared. */
  readonly columns: PlainColumns;
  readonly #table: LandingTableName;
  readonly #isUtf8: (bytes: Uint8Array) => boolean;
  readonly #plans: ScanPlan[] = [];
  #memory: Memory = allocate(0);
  /** The bytes of a line that is not whole yet, at the beginning of the memory. */
  #kept = 0;
  #lines = 0;
  #isPlain = true;

  constructor(table: LandingTableName, isUtf8: (bytes: Uint8Array) => boolean) {
    this.columns = new PlainColumns(table);
    this.#table = table;
    this.#isUtf8 = isUtf8;
  }

  /** How many lines there were. */
  get lines(): number {
    return this.#lines;
  }

  /** Takes the next bytes, which it copies. False as soon as a line is not plain. */
  push(chunk: Uint8Array): boolean {
    if (!this.#isPlain) return false;
    const length = this.#kept + chunk.length;
    this.#reserve(length);
    const { bytes } = this.#memory;
    bytes.set(chunk, this.#kept);
    const end = bytes.subarray(0, length).lastIndexOf(NEWLINE) + 1;
    this.#isPlain = this.#scan(end) && length - end <= RECORD_BYTES_MAX;
    bytes.copyWithin(0, end, length);
    this.#kept = length - end;
    return this.#isPlain;
  }

  /** Takes the last line, which may lack its end. True when all lines were plain and there was one. */
  end(): boolean {
    if (this.#kept > 0) this.push(Uint8Array.of(NEWLINE));
    return this.#isPlain && this.#lines > 0;
  }

  #reserve(length: number): void {
    const needed = length + SLACK_BYTES;
    if (this.#memory.bytes.length >= needed) return;
    const grown = allocate(needed * 2);
    grown.bytes.set(this.#memory.bytes.subarray(0, this.#kept));
    this.#memory = grown;
  }

  /** Whether all lines up to `end` are plain. */
  #scan(end: number): boolean {
    let from = 0;
    while (from < end) {
      const plan = this.#planFor(from);
      if (plan === undefined) return false;
      const rowsBefore = this.columns.rows;
      from = scanLines(plan, this.#memory, { from, end, into: this.columns });
      this.#lines += this.columns.rows - rowsBefore;
    }
    return this.#isUtf8(this.#memory.bytes.subarray(0, end));
  }

  /** The plan that the line at `at` is made to, if there is one. */
  #planFor(at: number): ScanPlan | undefined {
    const fits = (plan: ScanPlan): boolean => isMadeTo(plan, this.#memory, at, this.columns);
    const known = this.#plans.find(fits);
    if (known !== undefined || this.#plans.length === LAYOUTS_MAX) return known;
    const layout = plainLayoutOf(this.#table, this.#lineAt(at));
    if (layout === undefined) return undefined;
    const plan = planScan(layout, this.columns);
    // The expression and the scan have to agree.
    if (!fits(plan)) return undefined;
    this.#plans.push(plan);
    return plan;
  }

  /** The line at `at` with one character for each byte; empty when it is too long to be looked at. */
  #lineAt(at: number): string {
    const { bytes } = this.#memory;
    let end = bytes.indexOf(NEWLINE, at);
    if (end - at > LAYOUT_LINE_BYTES_MAX) return '';
    if (bytes[end - 1] === CARRIAGE_RETURN) end--;
    return String.fromCharCode(...bytes.subarray(at, end));
  }
}

function allocate(length: number): Memory {
  const bytes = new Uint8Array(length);
  return { bytes, view: new DataView(bytes.buffer) };
}
