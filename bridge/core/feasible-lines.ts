/**
 * All straight lines that lie above some points and below others: a convex polygon in the plane of height and slope.
 * Its centre is the best guess when nothing else is known, and its size says how wrong that can be.
 */

/** A point that the line must not go below, or not above. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

/** What lines must keep to: above `lowers`, below `uppers`, and not steeper than `slopeMax` in either direction. */
export interface LineBounds {
  readonly lowers: readonly LinePoint[];
  readonly uppers: readonly LinePoint[];
  readonly slopeMax: number;
}

/** A line by its height at x = 0 and its slope. */
export interface Line {
  readonly height: number;
  readonly slope: number;
}

/** The line in the middle of those that are possible, and the outermost of them: the corners of their polygon. */
export interface MiddleLine extends Line {
  readonly corners: readonly Line[];
}

/** Slivers below this area are taken for points: the formula of the centre would divide by rounding errors. */
const AREA_MIN = 1e-9;

/** The centroid of all lines within the bounds; `undefined` when there is none. Needs a point of each kind. */
export function findMiddleLine(bounds: LineBounds): MiddleLine | undefined {
  const corners = findCorners(bounds);
  return corners.length === 0 ? undefined : { ...centroid(corners), corners };
}

/** How far the right line can be from the middle one at `x`. */
export function errorAt({ height, slope, corners }: MiddleLine, x: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const line of corners) {
    most = Math.max(most, Math.abs(line.height - height + (line.slope - slope) * x));
  }
  return most;
}

/** The corners of the polygon, in order. */
function findCorners({ lowers, uppers, slopeMax }: LineBounds): readonly Line[] {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { x, y } of lowers) lowest = Math.min(lowest, y - Math.abs(x) * slopeMax);
  for (const { x, y } of uppers) highest = Math.max(highest, y + Math.abs(x) * slopeMax);
  let lines: readonly Line[] = [
    { height: lowest, slope: -slopeMax },
    { height: highest, slope: -slopeMax },
    { height: highest, slope: slopeMax },
    { height: lowest, slope: slopeMax },
  ];
  for (const point of lowers) lines = cut(lines, point, true);
  for (const point of uppers) lines = cut(lines, point, false);
  return lines;
}

/** The part of a convex polygon whose lines do not go below a point, or not above it. */
function cut(lines: readonly Line[], point: LinePoint, isLower: boolean): readonly Line[] {
  let before = lines.at(-1);
  // Most points of a burst say nothing new, and leave everything as it is.
  if (before === undefined || keepAll(lines, point, isLower)) return lines;
  const kept: Line[] = [];
  let from = room(before, point, isLower);
  for (const line of lines) {
    const to = room(line, point, isLower);
    if (from < 0 !== to < 0) kept.push(between(before, line, from / (from - to)));
    if (to >= 0) kept.push(line);
    before = line;
    from = to;
  }
  return kept;
}

function keepAll(lines: readonly Line[], point: LinePoint, isLower: boolean): boolean {
  for (const line of lines) if (!(room(line, point, isLower) >= 0)) return false;
  return true;
}

/** How far a line is on the right side of a point: negative on the wrong one. */
function room({ height, slope }: Line, { x, y }: LinePoint, isLower: boolean): number {
  return isLower ? height + slope * x - y : y - height - slope * x;
}

function between(from: Line, to: Line, share: number): Line {
  return {
    height: from.height + (to.height - from.height) * share,
    slope: from.slope + (to.slope - from.slope) * share,
  };
}

/** The centre of gravity of a polygon, by the shoelace formula relative to its first corner. */
function centroid(lines: readonly Line[]): Line {
  const origin = lines[0] as Line;
  let [area, height, slope] = [0, 0, 0];
  let before = lines.at(-1) as Line;
  for (const line of lines) {
    const [h1, s1] = [before.height - origin.height, before.slope - origin.slope];
    const [h2, s2] = [line.height - origin.height, line.slope - origin.slope];
    const cross = h1 * s2 - h2 * s1;
    area += cross / 2;
    height += ((h1 + h2) * cross) / 6;
    slope += ((s1 + s2) * cross) / 6;
    before = line;
  }
  if (Math.abs(area) < AREA_MIN) return mean(lines);
  return { height: origin.height + height / area, slope: origin.slope + slope / area };
}

function mean(lines: readonly Line[]): Line {
  const sum = lines.reduce(
    (total, { height, slope }) => ({ height: total.height + height, slope: total.slope + slope }),
    { height: 0, slope: 0 },
  );
  return { height: sum.height / lines.length, slope: sum.slope / lines.length };
}
