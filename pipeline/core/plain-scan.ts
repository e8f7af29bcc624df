/** Follows one layout through the bytes of lines, and takes their values on the way. */
import type { PlainColumn, PlainColumns } from './plain-columns.ts';
import type { PlainLayout, PlainValue } from './plain-layout.ts';
import { readDate, readDecimal, readText, readWhole } from './plain-values.ts';
import type { Memory } from './plain-values.ts';
import { RECORD_BYTES_MAX } from './record-splitter.ts';

/** A layout in the form in which bytes are compared with it. */
export interface ScanPlan {
  /**
   * For each literal: how many words it has, the words, how many bytes are left, those bytes, the kind of the value behind
   * it, and its column.
   */
  readonly steps: Int32Array;
  /** The columns that may lack a value and have one in these lines. */
  readonly given: readonly number[];
}

/** More than any literal is long. */
export const SLACK_BYTES = 8192;

const WORD_BYTES = 4;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const KINDS: readonly PlainValue[] = ['text', 'text-or-empty', 'decimal', 'whole', 'epoch-ms'];
const TEXT = KINDS.indexOf('text');
const DECIMAL = KINDS.indexOf('decimal');
const WHOLE = KINDS.indexOf('whole');
const EPOCH_MS = KINDS.indexOf('epoch-ms');
const LINE_END = -1;

/** Makes a layout ready to be followed. */
export function planScan({ values, columns, literals }: PlainLayout, into: PlainColumns): ScanPlan {
  const steps: number[] = [];
  for (const [index, literal] of literals.entries()) {
    const bytes = Uint8Array.from(literal, (character) => character.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    const words = Math.floor(bytes.length / WORD_BYTES);
    steps.push(words);
    for (let word = 0; word < words; word++) steps.push(view.getInt32(word * WORD_BYTES, true));
    const left = bytes.subarray(words * WORD_BYTES);
    const value = values[index];
    steps.push(left.length, ...left, value === undefined ? LINE_END : KINDS.indexOf(value));
    if (value !== undefined) steps.push(columns[index] as number);
  }
  const given = columns.filter((index) => into.columns[index]?.column.nullable);
  return { steps: Int32Array.from(steps), given };
}

/** Whether the line at `at` is made to a plan. No row comes of it. */
export function isMadeTo(plan: ScanPlan, memory: Memory, at: number, into: PlainColumns): boolean {
  into.reserve();
  return scanLine(plan.steps, memory, at, into) >= 0;
}

/**
 * Follows a plan from the beginning of a line as long as lines are made to it, up to `end`, the end of the last line, and adds
 * their rows. Gives where the first line begins that is not made to it.
 */
export function scanLines(
  { steps, given }: ScanPlan,
  memory: Memory,
  { from, end, into }: { readonly from: number; readonly end: number; readonly into: PlainColumns },
): number {
  let at = from;
  while (at < end) {
    into.reserve();
    const next = scanLine(steps, memory, at, into);
    if (next < 0) break;
    for (const index of given) (into.columns[index] as PlainColumn).isThere[into.rows] = 1;
    into.rows++;
    at = next;
  }
  return at;
}

/** Where the line behind the one at `from` begins, or −1 when the line at `from` is not made to the plan. */
function scanLine(steps: Int32Array, memory: Memory, from: number, into: PlainColumns): number {
  const { bytes, view } = memory;
  const { columns, rows } = into;
  let at = from;
  for (let step = 0; ;) {
    const wordsEnd = step + 1 + (steps[step] as number);
    for (step++; step < wordsEnd; step++, at += WORD_BYTES) {
      if (view.getInt32(at, true) !== steps[step]) return -1;
    }
    const bytesEnd = step + 1 + (steps[step] as number);
    for (step++; step < bytesEnd; step++, at++) if (bytes[at] !== steps[step]) return -1;
    const kind = steps[step++] as number;
    if (kind === LINE_END) break;
    at = readValue(kind, memory, at, columns[steps[step++] as number] as PlainColumn, rows);
    if (at < 0) return -1;
  }
  if (bytes[at] === CARRIAGE_RETURN) at++;
  return bytes[at] === NEWLINE && at - from < RECORD_BYTES_MAX ? at + 1 : -1;
}

function readValue(
  kind: number,
  memory: Memory,
  from: number,
  column: PlainColumn,
  row: number,
): number {
  if (kind === DECIMAL) return readDecimal(memory, from, column, row);
  if (kind === EPOCH_MS) return readDate(memory, from, column, row);
  if (kind === WHOLE) return readWhole(memory, from, column, row);
  const end = readText(memory, from, column, row);
  return end === from && kind === TEXT ? -1 : end;
}
