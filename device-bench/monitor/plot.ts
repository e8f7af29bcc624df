/** Draws a curve in characters: in braille, with eight dots in each, or in ASCII. */

/** A point of a curve. */
export interface PlotPoint {
  readonly x: number;
  readonly y: number;
}

/** The field of a plot: in characters, and in the units of its points. */
export interface PlotField {
  readonly columns: number;
  readonly rows: number;
  readonly x: readonly [min: number, max: number];
  readonly y: readonly [min: number, max: number];
  readonly unicode: boolean;
}

const BRAILLE = 0x2800;
/** The bit of each dot of a braille character, by column and row. */
const DOT_BITS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const ASCII_DOTS = ["'", '-', '.'];

/** The rows of the plot from top to bottom. Points outside of the field are left out. */
export function drawPlot(points: readonly PlotPoint[], field: PlotField): string[] {
  return field.unicode ? drawBraille(points, field) : drawAscii(points, field);
}

function drawBraille(points: readonly PlotPoint[], field: PlotField): string[] {
  const { columns, rows } = field;
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  for (const { column, row } of place(points, field, columns * 2, rows * 4)) {
    const cell = cells[row >> 2] as Uint8Array;
    const bit = DOT_BITS[column & 1 ? 1 : 0][row & 3] ?? 0;
    cell[column >> 1] = (cell[column >> 1] ?? 0) | bit;
  }
  return cells.map((row) =>
    Array.from(row, (bits) => (bits === 0 ? ' ' : String.fromCharCode(BRAILLE + bits))).join(''),
  );
}

/** Of the points in one character, the last decides. */
function drawAscii(points: readonly PlotPoint[], field: PlotField): string[] {
  const { columns, rows } = field;
  const cells = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '));
  const steps = ASCII_DOTS.length;
  for (const { column, row } of place(points, field, columns, rows * steps)) {
    const cell = cells[Math.floor(row / steps)] as string[];
    cell[column] = ASCII_DOTS[row % steps] ?? ' ';
  }
  return cells.map((row) => row.join(''));
}

function* place(
  points: readonly PlotPoint[],
  { x: [left, right], y: [bottom, top] }: PlotField,
  width: number,
  height: number,
): Generator<{ readonly column: number; readonly row: number }> {
  for (const { x, y } of points) {
    if (x < left || x > right || y < bottom || y > top) continue;
    const column = Math.round(share(x, left, right) * (width - 1));
    const row = Math.round((1 - share(y, bottom, top)) * (height - 1));
    yield { column, row };
  }
}

function share(value: number, min: number, max: number): number {
  return max === min ? 0.5 : (value - min) / (max - min);
}
