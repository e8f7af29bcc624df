/**
 * The host's idea of a device's clock, from SYNC exchanges.
 *
 * Each exchange bounds the offset `host = ticks + offset` from both sides: the device read its clock after our command
 * had left and before its answer arrived. Ticks are cut to whole ms, so the command bounds it by one tick less. The
 * bounds hold whatever the latency; exchanges at different fractions of a ms narrow them below one tick.
 */

/** Ticks wrap at this value (uint32 ms, 49.7 days). */
const TICKS_MODULUS = 2 ** 32;
/** Bursts that the fit remembers; older ones say little about a drifting clock. */
const BURSTS_KEPT = 16;

/** One SYNC exchange. Host times are epoch ms with fractions, corrected for the time the bytes took on the line. */
export interface SyncSample {
  /** When the command had left the host. */
  readonly sentMs: number;
  /** When the answer began to arrive. */
  readonly receivedMs: number;
  readonly rxTicks: number;
  readonly txTicks: number;
}

/** What one burst of exchanges says: the offset lay between the bounds when the device's clock stood at `ticks`. */
interface OffsetBounds {
  readonly ticks: number;
  readonly lowerMs: number;
  readonly upperMs: number;
}

/** Host ms = ticks + `offsetMs` + (ticks − `atTicks`) · `driftPpm` / 10⁶, for unwrapped ticks. */
export interface ClockFit {
  readonly offsetMs: number;
  readonly driftPpm: number;
  readonly atTicks: number;
  readonly bursts: readonly OffsetBounds[];
}

/** Adds a burst of exchanges to a fit; `undefined` when the burst is empty and there was no fit. */
export function addBurst(
  fit: ClockFit | undefined,
  samples: readonly SyncSample[],
): ClockFit | undefined {
  if (samples.length === 0) return fit;
  const bounds = boundOffset(samples, fit);
  const bursts = [...(fit?.bursts ?? []), bounds].slice(-BURSTS_KEPT);
  return { ...fitLine(bursts), bursts };
}

/** The host time, in epoch ms with fractions, at which the device's clock stood at `ticks` (uint32). */
export function toHostMs(fit: ClockFit, ticks: number): number {
  const unwrapped = unwrapTicks(ticks, fit.atTicks);
  return unwrapped + fit.offsetMs + ((unwrapped - fit.atTicks) * fit.driftPpm) / 1e6;
}

/** The tick count without wrap-around that is nearest to `near`. */
function unwrapTicks(ticks: number, near: number): number {
  return ticks + Math.round((near - ticks) / TICKS_MODULUS) * TICKS_MODULUS;
}

function boundOffset(samples: readonly SyncSample[], fit: ClockFit | undefined): OffsetBounds {
  const near = fit?.bursts.at(-1)?.ticks ?? (samples[0] as SyncSample).rxTicks;
  let lowerMs = Number.NEGATIVE_INFINITY;
  let upperMs = Number.POSITIVE_INFINITY;
  let ticks = near;
  for (const sample of samples) {
    const rxTicks = unwrapTicks(sample.rxTicks, near);
    lowerMs = Math.max(lowerMs, sample.sentMs - rxTicks - 1);
    upperMs = Math.min(upperMs, sample.receivedMs - unwrapTicks(sample.txTicks, near));
    ticks = rxTicks;
  }
  return { ticks, lowerMs, upperMs };
}

function fitLine(bursts: readonly OffsetBounds[]): Omit<ClockFit, 'bursts'> {
  const last = bursts.at(-1) as OffsetBounds;
  const lowerMs = Math.max(...bursts.map((burst) => burst.lowerMs));
  const upperMs = Math.min(...bursts.map((burst) => burst.upperMs));
  // As long as one offset satisfies all bursts there is no sign of drift, and their common bounds are the narrowest.
  if (lowerMs <= upperMs || bursts.length < 2) {
    return { offsetMs: (lowerMs + upperMs) / 2, driftPpm: 0, atTicks: last.ticks };
  }
  return leastSquares(bursts, last.ticks);
}

/** The straight line through the middles of the bounds. */
function leastSquares(bursts: readonly OffsetBounds[], atTicks: number): Omit<ClockFit, 'bursts'> {
  const meanTicks = mean(bursts.map((burst) => burst.ticks));
  const meanOffset = mean(bursts.map(middle));
  let covariance = 0;
  let variance = 0;
  for (const burst of bursts) {
    covariance += (burst.ticks - meanTicks) * (middle(burst) - meanOffset);
    variance += (burst.ticks - meanTicks) ** 2;
  }
  const slope = variance === 0 ? 0 : covariance / variance;
  return { offsetMs: meanOffset + slope * (atTicks - meanTicks), driftPpm: slope * 1e6, atTicks };
}

function middle(bounds: OffsetBounds): number {
  return (bounds.lowerMs + bounds.upperMs) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
