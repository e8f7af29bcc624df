/** The memory of a scan: the lines that are looked at, and the values that were taken from them, as pages of Parquet have them. */
import { assemble } from '../wasm/index.ts';
import { TABLES } from './catalog.ts';
import type { Column, LandingTableName } from './catalog.ts';
import { FRACTION_DIGITS_MAX } from './plain-layout.ts';
import type { PlainLayout } from './plain-layout.ts';
import { AT, BLOCK_BYTES, COLUMN_BYTES, KIND, SLACK_BYTES, STEP_BYTES } from './plain-memory.ts';
import { PLAIN_PROGRAM } from './plain-program.ts';
import { RECORD_BYTES_MAX } from './record-splitter.ts';

/** What is known of WebAssembly here. */
declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** A layout that lines can be followed with: where it stands in memory. */
export type ScanPlan = number & { readonly isPlan: true };

/** The values up to the end of a row. */
export interface ScanPosition {
  readonly rows: number;
  /** For each column, where its next value goes. */
  readonly ends: readonly number[];
}

/** As many rows as the engine keeps together. */
export const ROWS_MAX = 122_880;
/** As many bytes are taken at once at most. */
export const CHUNK_BYTES_MAX: number = 1024 * 1024;
/** Bounds what long texts take, each column of them for itself. */
const TEXT_BYTES_MAX = 4 * 1024 * 1024;

const PAGE_BYTES = 64 * 1024;
const PLANS_BYTES = 1024 * 1024;
/** A line that is not whole, and what comes behind it. */
const INPUT_BYTES = RECORD_BYTES_MAX + CHUNK_BYTES_MAX + SLACK_BYTES;
const NUMBER_BYTES = 8;
const WORD_BYTES = 4;
const ALIGNMENT = 16;
const ALL_BITS = 0xff;

type Scan = (plan: number, from: number, end: number, rowsMax: number) => number;

let program: object | undefined;

/** What is taken from the lines of one table. It needs some tens of MB of addresses, and memory for what is in use of them. */
export class PlainScan {
  /** What is looked at. */
  readonly input: Uint8Array;
  readonly columns: readonly Column[];
  /** The position without values. */
  readonly start: ScanPosition;
  readonly #memory: ArrayBuffer;
  readonly #words: Uint32Array;
  /** For each column, where it keeps which rows have a value; 0 when all have. */
  readonly #levels: readonly number[];
  readonly #inputAt: number;
  readonly #scan: Scan;
  #plansEnd: number = AT.plans;

  constructor(table: LandingTableName) {
    this.columns = TABLES[table].columns;
    let end = AT.plans + PLANS_BYTES;
    const take = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
      return at;
    };
    this.#levels = this.columns.map(({ nullable }) => (nullable ? take(ROWS_MAX * WORD_BYTES) : 0));
    const ends = this.columns.map(({ type }) =>
      take(type === 'string' ? TEXT_BYTES_MAX + INPUT_BYTES : ROWS_MAX * NUMBER_BYTES + ALIGNMENT),
    );
    this.start = { rows: 0, ends };
    this.#inputAt = take(INPUT_BYTES);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE_BYTES) });
    this.#memory = memory.buffer;
    this.#words = new Uint32Array(this.#memory, 0, AT.plans / WORD_BYTES);
    this.input = new Uint8Array(this.#memory, this.#inputAt, INPUT_BYTES);
    for (let digits = 0; digits <= FRACTION_DIGITS_MAX; digits++) {
      new Float64Array(this.#memory, AT.powers)[digits] = 10 ** digits;
    }
    for (const [index, at] of this.#levels.entries()) this.#setColumnWord(index, 2, at);
    program ??= new WebAssembly.Module(assemble(PLAIN_PROGRAM));
    const readNumber = (from: number, end: number): number =>
      Number(String.fromCharCode(...new Uint8Array(this.#memory, from, end - from)));
    const landing = { memory, readNumber };
    const { exports } = new WebAssembly.Instance(program, { landing });
    this.#scan = (exports as { scan: Scan }).scan;
    this.rollBack(this.start);
  }

  /** How many rows were taken. */
  get rows(): number {
    return this.#words[AT.rows / WORD_BYTES] as number;
  }

  /** What was taken. */
  get position(): ScanPosition {
    const ends = this.columns.map((_, index) => this.#endOf(index));
    return { rows: this.rows, ends };
  }

  /** Whether there may be no room for what the next bytes hold. */
  get isFull(): boolean {
    if (this.rows >= ROWS_MAX) return true;
    return this.columns.some(({ type }, index) => {
      const taken = this.#endOf(index) - (this.start.ends[index] as number);
      return type === 'string' && taken > TEXT_BYTES_MAX;
    });
  }

  /** Forgets the values behind a position. */
  rollBack({ rows, ends }: ScanPosition): void {
    const before = this.rows;
    this.#words[AT.rows / WORD_BYTES] = rows;
    for (const [index, at] of ends.entries()) this.#setColumnWord(index, 0, at);
    for (const at of this.#levels) {
      if (at > 0) new Uint32Array(this.#memory, at, ROWS_MAX).fill(0, rows, before);
    }
  }

  /** The values of a column between two positions, as they stand behind each other. */
  values(column: number, from: ScanPosition, to: ScanPosition): Uint8Array {
    const at = from.ends[column] as number;
    return new Uint8Array(this.#memory, at, (to.ends[column] as number) - at);
  }

  /** For the rows between two positions 1 when they have a value of a column, 0 when not; undefined when all have. */
  given(column: number, from: ScanPosition, to: ScanPosition): Uint32Array | undefined {
    const at = this.#levels[column] as number;
    return at === 0
      ? undefined
      : new Uint32Array(this.#memory, at, ROWS_MAX).subarray(from.rows, to.rows);
  }

  /** Makes a layout ready to be followed; undefined when there is no room for it. */
  plan({ values, columns, literals }: PlainLayout): ScanPlan | undefined {
    const steps = literals.map((literal, index) => {
      const value = values[index];
      const blocks = Math.ceil(literal.length / BLOCK_BYTES);
      return {
        literal,
        kind: value === undefined ? KIND.lineEnd : KIND[value],
        column: value === undefined ? 0 : columnAt(columns[index] as number),
        bytes: STEP_BYTES + 2 * blocks * BLOCK_BYTES,
      };
    });
    const bytes = steps.reduce((sum, step) => sum + step.bytes, 0);
    if (this.#plansEnd + bytes > AT.plans + PLANS_BYTES) return undefined;
    const plan = this.#plansEnd;
    for (const step of steps) {
      const end = this.#plansEnd + step.bytes;
      // Plans that were forgotten must not show through.
      new Uint8Array(this.#memory, this.#plansEnd, step.bytes).fill(0);
      const head = Uint32Array.of(step.kind, step.column, step.literal.length, end);
      new Uint32Array(this.#memory, this.#plansEnd).set(head);
      this.#writeLiteral(step.literal, this.#plansEnd + STEP_BYTES);
      this.#plansEnd = end;
    }
    return plan as ScanPlan;
  }

  /** Forgets all plans. */
  clearPlans(): void {
    this.#plansEnd = AT.plans;
  }

  /**
   * Follows a plan from `from` in the input as long as lines are made to it, up to `end`, the end of the last line, and takes
   * their values while there is room. Gives where the first line begins of which it took none.
   */
  follow(plan: ScanPlan, from: number, end: number): number {
    const at = this.#inputAt;
    return this.#scan(plan, at + from, at + end, ROWS_MAX) - at;
  }

  #writeLiteral(literal: string, at: number): void {
    const bytes = new Uint8Array(this.#memory);
    for (let index = 0; index < literal.length; index++) {
      const block = at + 2 * BLOCK_BYTES * Math.floor(index / BLOCK_BYTES);
      bytes[block + (index % BLOCK_BYTES)] = literal.charCodeAt(index);
      bytes[block + BLOCK_BYTES + (index % BLOCK_BYTES)] = ALL_BITS;
    }
  }

  /** Where the next value of a column goes. */
  #endOf(index: number): number {
    return this.#words[columnAt(index) / WORD_BYTES] as number;
  }

  #setColumnWord(index: number, word: number, value: number): void {
    this.#words[columnAt(index) / WORD_BYTES + word] = value;
  }
}

function columnAt(index: number): number {
  return AT.columns + index * COLUMN_BYTES;
}
