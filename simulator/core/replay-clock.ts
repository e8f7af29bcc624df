/** The clock of a recorded device, as a line through its ticks and the times at which they were seen. */

/** Ticks, counted on over their wrap, and when the line that carried them was seen, in ms of the recording. */
export interface SeenTicks {
  readonly ticks: number;
  readonly ms: number;
}

/** `ms = offsetMs + ticks · rate`. */
export interface ReplayClock {
  readonly offsetMs: number;
  readonly rate: number;
}

const UINT32 = 2 ** 32;
/** On shorter recordings the pace of a clock drowns in the delays of lines, in ms. */
const SPAN_MS_MIN = 10_000;
/** No clock is further from the right pace. */
const RATE_ERROR_MAX = 0.02;

/** The tick count without wrap-around that is nearest to `near`. */
export function unwrapTicks(ticks: number, near: number): number {
  return ticks + Math.round((near - ticks) / UINT32) * UINT32;
}

/**
 * The clock that fits what was seen. Lines are late and never early: the clock is the line below all points that is
 * nearest to them, an edge of their lower hull. Without points, ticks count from the beginning of the recording.
 */
export function fitReplayClock(seen: readonly SeenTicks[]): ReplayClock {
  const hull = lowerHull(
    seen.toSorted((left, right) => left.ticks - right.ticks || left.ms - right.ms),
  );
  const middle = seen.reduce((sum, { ticks }) => sum + ticks, 0) / Math.max(1, seen.length);
  const next = hull.findIndex(({ ticks }) => ticks > middle);
  const [from, to] = [hull[next - 1], hull[next]];
  const [first, last] = [hull[0], hull.at(-1)];
  const isLong = first && last && last.ticks - first.ticks >= SPAN_MS_MIN;
  if (from !== undefined && to !== undefined && isLong === true) {
    const rate = (to.ms - from.ms) / (to.ticks - from.ticks);
    if (Math.abs(rate - 1) <= RATE_ERROR_MAX) {
      return { offsetMs: from.ms - from.ticks * rate, rate };
    }
  }
  const offsets = seen.map(({ ms, ticks }) => ms - ticks);
  return {
    offsetMs: offsets.reduce((low, offset) => Math.min(low, offset), offsets[0] ?? 0),
    rate: 1,
  };
}

/** What the device's counter shows at a time of the recording: whole ms as uint32. */
export function ticksAtMs({ offsetMs, rate }: ReplayClock, ms: number): number {
  const ticks = Math.floor((ms - offsetMs) / rate) % UINT32;
  return ticks < 0 ? ticks + UINT32 : ticks;
}

/** The time of the recording at which the counter went over to these ticks, counted on over their wrap. */
export function msAtTicks({ offsetMs, rate }: ReplayClock, ticks: number): number {
  return offsetMs + ticks * rate;
}

/** The corners below which no point lies, from left to right. */
function lowerHull(points: readonly SeenTicks[]): SeenTicks[] {
  const hull: SeenTicks[] = [];
  for (const point of points) {
    while (
      hull.length >= 2 &&
      !turnsUp(hull.at(-2) as SeenTicks, hull.at(-1) as SeenTicks, point)
    ) {
      hull.pop();
    }
    // Of points with the same ticks, the earliest comes first.
    if (hull.at(-1)?.ticks !== point.ticks) hull.push(point);
  }
  return hull;
}

function turnsUp(from: SeenTicks, over: SeenTicks, to: SeenTicks): boolean {
  return (
    (over.ticks - from.ticks) * (to.ms - from.ms) > (over.ms - from.ms) * (to.ticks - from.ticks)
  );
}
