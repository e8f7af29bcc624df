/**
 * The memory that plain lines are followed in (offsets in bytes, numbers little-endian):
 * - at `AT.rows` the number of rows; at `AT.powers` the powers of ten as doubles;
 * - a column: +0 where its next value goes, +4 where the one behind the value of this line goes, +8 where the column keeps
 *   which rows have a value, or 0 when all have;
 * - a plan, for each literal of the layout: +0 the kind of the value behind it, +4 the column of that value, +8 the bytes of
 *   the literal, +12 where the next literal begins; from +16 on the literal in blocks of 16 bytes, each with a mask behind it.
 *
 * Values stand behind each other as in a PLAIN page of Parquet: doubles, whole numbers of 64 bits, texts with their length in
 * four bytes in front. Behind the last newline of the input there have to be `SLACK_BYTES` more, whatever they hold.
 */

/** Where things stand in memory. */
export const AT = { rows: 0, powers: 16, columns: 256, plans: 1024 } as const;
/** Bytes of a column. */
export const COLUMN_BYTES = 16;
/** Bytes of a literal in a plan in front of its blocks. */
export const STEP_BYTES = 16;
/** Bytes of a literal that are compared at once. */
export const BLOCK_BYTES = 16;
/** The kinds of values. */
export const KIND = {
  lineEnd: 0,
  text: 1,
  'text-or-empty': 2,
  decimal: 3,
  whole: 4,
  'epoch-ms': 5,
} as const;
/** More than any literal is long. */
export const SLACK_BYTES = 8192;

/** The code of a character, in the text format of WebAssembly. */
export function codeOf(character: string): string {
  return `(i32.const ${character.charCodeAt(0)})`;
}
