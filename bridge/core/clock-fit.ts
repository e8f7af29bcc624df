/**
 * The host's idea of a device's clock, from SYNC exchanges.
 *
 * Each exchange bounds the offset `host = ticks + offset` from both sides: the device read its clock after our command
 * had left and before its answer arrived. Ticks are cut to whole ms, so the command bounds it by one tick less. The
 * bounds hold whatever the latency; of many exchanges the quickest bound it best. A drifting clock is a line of
 * offsets: the fit is the middle of all lines that keep to every bound.
 */
import { errorAt, findMiddleLine } from './feasible-lines.ts';
import type { LineBounds, LinePoint, MiddleLine } from './feasible-lines.ts';

/** Ticks wrap at this value (uint32 ms, 49.7 days). */
const TICKS_MODULUS = 2 ** 32;
/** Bursts that the fit remembers; older ones say little about a clock whose drift changes with the temperature. */
const BURSTS_KEPT = 16;
/** More than any clock drifts, for devices that drift more than they state. */
const ANY_DRIFT_PPM = 20_000;
/** Epoch ms in a double are that coarse, a few operations on. Two bounds that touch must not contradict each other. */
const ROUNDING_MS = 0.001;
/** Where the offset is known to half a tick, a drift that matters contradicts a level line. */
const DRIFT_SHOWS_MS = 0.5;
/** Ticks are ms, and lines are reckoned in ms per second. */
const TICKS_PER_SECOND = 1000;
const PPM_PER_SLOPE = 1000;

/** One SYNC exchange. Host times are epoch ms with fractions, corrected for the time the bytes took on the line. */
export interface SyncSample {
  /** When the command had left the host. */
  readonly sentMs: number;
  /** When the answer began to arrive. */
  readonly receivedMs: number;
  readonly rxTicks: number;
  readonly txTicks: number;
}

/** Host ms = ticks + `offsetMs` + (ticks − `atTicks`) · `driftPpm` / 10⁶, for unwrapped ticks. */
export interface ClockFit {
  readonly offsetMs: number;
  readonly driftPpm: number;
  readonly atTicks: number;
  /** The lines that keep to all bounds; `undefined` when the exchanges contradict each other. */
  readonly line: MiddleLine | undefined;
  /** The exchanges that the fit rests on, with ticks that do not wrap. */
  readonly bursts: readonly (readonly SyncSample[])[];
}

/**
 * Adds a burst of exchanges to a fit; `undefined` when the burst is empty and there was no fit. `driftPpmMax` is how
 * much the device may drift, as far as the exchanges do not prove that it drifts more.
 */
export function addBurst(
  fit: ClockFit | undefined,
  samples: readonly SyncSample[],
  driftPpmMax: number,
): ClockFit | undefined {
  const [first] = samples;
  if (first === undefined) return fit;
  const near = fit?.atTicks ?? first.rxTicks;
  const burst = samples.map((sample) => ({
    ...sample,
    rxTicks: unwrapTicks(sample.rxTicks, near),
    txTicks: unwrapTicks(sample.txTicks, near),
  }));
  return fitBursts([...(fit?.bursts ?? []), burst].slice(-BURSTS_KEPT), driftPpmMax);
}

/** The host time, in epoch ms with fractions, at which the device's clock stood at `ticks` (uint32). */
export function toHostMs(fit: ClockFit, ticks: number): number {
  const unwrapped = unwrapTicks(ticks, fit.atTicks);
  return unwrapped + fit.offsetMs + ((unwrapped - fit.atTicks) * fit.driftPpm) / 1e6;
}

/** How far, in ms, the fit can be wrong `laterMs` after its last exchange; infinite when it cannot be told. */
export function clockError(fit: ClockFit, laterMs: number): number {
  return fit.line === undefined
    ? Number.POSITIVE_INFINITY
    : errorAt(fit.line, laterMs / TICKS_PER_SECOND);
}

/** The tick count without wrap-around that is nearest to `near`. */
function unwrapTicks(ticks: number, near: number): number {
  return ticks + Math.round((near - ticks) / TICKS_MODULUS) * TICKS_MODULUS;
}

/** The line through as many of the latest bursts as one line can keep to. */
function fitBursts(bursts: readonly (readonly SyncSample[])[], driftPpmMax: number): ClockFit {
  const last = bursts.at(-1)?.at(-1) as SyncSample;
  // The offset of one exchange, from which the others differ by little: numbers of 13 digits have no room for a line.
  const nearMs = last.sentMs - last.rxTicks;
  for (let first = 0; first < bursts.length; first++) {
    const kept = bursts.slice(first);
    for (const ppm of [driftPpmMax, ANY_DRIFT_PPM]) {
      const line = fitLine(kept.flat(), { atTicks: last.rxTicks, nearMs, ppm });
      if (line === undefined) continue;
      return {
        offsetMs: nearMs + line.height,
        driftPpm: line.slope * PPM_PER_SLOPE,
        atTicks: last.rxTicks,
        line,
        bursts: kept,
      };
    }
  }
  return fitLiar(bursts.slice(-1), last);
}

interface Origin {
  readonly atTicks: number;
  readonly nearMs: number;
  readonly ppm: number;
}

function fitLine(samples: readonly SyncSample[], origin: Origin): MiddleLine | undefined {
  const bounds = boundLines(samples, origin);
  const middle = findMiddleLine(bounds);
  if (middle === undefined || errorAt(middle, 0) > DRIFT_SHOWS_MS) return middle;
  // On a quiet line, a drift that one offset explains as well is none: readings then keep their very ms.
  const level = findMiddleLine({ ...bounds, slopeMax: 0 });
  return level === undefined ? middle : { ...level, corners: middle.corners };
}

function boundLines(samples: readonly SyncSample[], { atTicks, nearMs, ppm }: Origin): LineBounds {
  const pointOf = (ticks: number, offsetMs: number): LinePoint => ({
    x: (ticks - atTicks) / TICKS_PER_SECOND,
    y: offsetMs - nearMs,
  });
  return {
    lowers: samples.map(({ sentMs, rxTicks }) =>
      pointOf(rxTicks, sentMs - rxTicks - 1 - ROUNDING_MS),
    ),
    uppers: samples.map(({ receivedMs, txTicks }) =>
      pointOf(txTicks, receivedMs - txTicks + ROUNDING_MS),
    ),
    slopeMax: ppm / PPM_PER_SLOPE,
  };
}

/** For a device that contradicts itself within one burst: the middle of what it says, and no promise. */
function fitLiar(bursts: readonly (readonly SyncSample[])[], last: SyncSample): ClockFit {
  const samples = bursts.flat();
  const lowerMs = Math.max(...samples.map(({ sentMs, rxTicks }) => sentMs - rxTicks - 1));
  const upperMs = Math.min(...samples.map(({ receivedMs, txTicks }) => receivedMs - txTicks));
  const offsetMs = (lowerMs + upperMs) / 2;
  return { offsetMs, driftPpm: 0, atTicks: last.rxTicks, line: undefined, bursts };
}
