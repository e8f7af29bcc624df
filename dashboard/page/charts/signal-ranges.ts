/** What of a signal is shown: how much time, between which values, and where a line has a gap. */

const WINDOW_SECONDS = 10;
/** A fast world shows more time, so that lines stay lines; not more than this. */
const WINDOW_SECONDS_MAX = 40;

/** Seconds of the world that a chart shows when the world runs so many times as fast as real time. */
export function windowSeconds(speed: number): number {
  return Math.min(WINDOW_SECONDS_MAX, WINDOW_SECONDS * Math.max(1, speed));
}

/** A range that begins as given, grows in steps with what is seen, and does not shake: it never shrinks by little. */
export function rangeAround(
  low: number,
  high: number,
): (plot: unknown, min: number | null, max: number | null) => [number, number] {
  const step = (high - low) / 4;
  let shown: [number, number] = [low, high];
  return (_plot, min, max) => {
    const wanted: [number, number] = [
      Math.min(low, Math.floor((min ?? low) / step) * step),
      Math.max(high, Math.ceil((max ?? high) / step) * step),
    ];
    const isOutside = wanted[0] < shown[0] || wanted[1] > shown[1];
    const isMuchLess = shown[1] - shown[0] > 2 * (wanted[1] - wanted[0]);
    if (isOutside || isMuchLess) shown = wanted;
    return shown;
  };
}

/** Pairs of neighbouring times that are further apart than `seconds`, from index `first` to `last`. */
export function gapsIn(
  times: ArrayLike<number>,
  first: number,
  last: number,
  seconds: number,
): [number, number][] {
  const gaps: [number, number][] = [];
  for (let index = first + 1; index <= last; index += 1) {
    const before = times[index - 1];
    const now = times[index];
    if (before !== undefined && now !== undefined && now - before > seconds) {
      gaps.push([before, now]);
    }
  }
  return gaps;
}

/** The same places moved as little as needed, downwards, to be at least `distance` apart; in the order given. */
export function apart(places: readonly number[], distance: number): number[] {
  const moved = [...places];
  const order = places
    .map((_, index) => index)
    .toSorted((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  let last = -Infinity;
  for (const index of order) {
    last = Math.max(places[index] ?? 0, last + distance);
    moved[index] = last;
  }
  return moved;
}
