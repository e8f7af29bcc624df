import type { SyncExchange } from './sync-exchanges.ts';

/** Exchanges that a drift is measured between are so far apart at least, in ms. */
const SPAN_MS_MIN = 2_000;
const MILLION = 1e6;

/** The drift of a clock between hard bounds: positive when it runs fast. */
export interface Drift {
  readonly lowestPpm: number;
  readonly highestPpm: number;
  /** The later of the two exchanges. */
  readonly entry: number;
  readonly spanMs: number;
}

/**
 * The drift of a clock by all pairs of exchanges of a boot that are far enough apart. The bounds hold however late the
 * host was, so more time between the exchanges makes them narrower. The entry and the span are those of the pair that
 * says most about a drift beyond `statedPpm`.
 */
export function measureDrift(syncs: readonly SyncExchange[], statedPpm: number): Drift | undefined {
  let best: Drift | undefined;
  let lowestPpm = Number.NEGATIVE_INFINITY;
  let highestPpm = Number.POSITIVE_INFINITY;
  for (const [index, later] of syncs.entries()) {
    for (const earlier of syncs.slice(0, index)) {
      const spanMs = later.sentMs - earlier.sentMs;
      if (earlier.boot !== later.boot || spanMs < SPAN_MS_MIN) continue;
      const drift = driftBetween(earlier, later, spanMs);
      lowestPpm = Math.max(lowestPpm, drift.lowestPpm);
      highestPpm = Math.min(highestPpm, drift.highestPpm);
      if (best === undefined || isWorse(drift, best, statedPpm)) best = drift;
    }
  }
  // Clocks whose drift has changed leave no room between the bounds of all pairs.
  return best === undefined || lowestPpm > highestPpm ? best : { ...best, lowestPpm, highestPpm };
}

function driftBetween(earlier: SyncExchange, later: SyncExchange, spanMs: number): Drift {
  // A clock that runs fast makes the offset of the host smaller.
  return {
    lowestPpm: ((earlier.lowerMs - later.upperMs) / spanMs) * MILLION,
    highestPpm: ((earlier.upperMs - later.lowerMs) / spanMs) * MILLION,
    entry: later.entry,
    spanMs,
  };
}

function isWorse(drift: Drift, best: Drift, statedPpm: number): boolean {
  const excess = ({ lowestPpm, highestPpm }: Drift): number =>
    Math.max(lowestPpm - statedPpm, -statedPpm - highestPpm);
  return excess(drift) > excess(best);
}
