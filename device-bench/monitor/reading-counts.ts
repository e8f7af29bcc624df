/** What a monitor counts of readings, and those of the last seconds for the plot. */
import { FLAG_DROPPED_BEFORE, FLAG_LATE, SEQ_MAX } from '../../firmware-protocol/index.ts';

/** How far back the plot looks, in ms. */
export const WINDOW_MS = 10_000;
/** The rate is that of the last two seconds. */
const RATE_WINDOW_MS = 2_000;
const TICKS_MODULUS = 2 ** 32;
/** The window of a device of 1,000 Hz, and a bound for one that sends more. */
const SAMPLES_KEPT = 10_000;

/** A distance at a time of the device's clock; a raw record has its own time. */
export interface Sample {
  readonly ticks: number;
  readonly distance: number;
  readonly boot?: string;
  readonly seq?: number;
  readonly flags?: number;
}

/** A sample in the window: ticks do not wrap. */
export interface SeenSample {
  readonly ms: number;
  readonly ticks: number;
  readonly distance: number;
}

/** The counts of one watch. */
export interface ReadingCounts {
  readonly readings: number;
  /** How often the sequence has a hole, and how many readings are in these holes. */
  readonly gaps: number;
  readonly missing: number;
  /** Readings that say so themselves, by their flags. */
  readonly late: number;
  readonly droppedBefore: number;
  readonly last: Sample | undefined;
  readonly window: readonly SeenSample[];
}

/** Before the first reading. */
export const NO_READINGS: ReadingCounts = {
  readings: 0,
  gaps: 0,
  missing: 0,
  late: 0,
  droppedBefore: 0,
  last: undefined,
  window: [],
};

/** Counts one more reading, seen at `ms`. */
export function countReading(counts: ReadingCounts, sample: Sample, ms: number): ReadingCounts {
  const { last } = counts;
  const missing = countMissing(last, sample);
  const flags = sample.flags ?? 0;
  const isSameClock = last?.boot === sample.boot;
  const near = isSameClock ? counts.window.at(-1)?.ticks : undefined;
  const ticks = near === undefined ? sample.ticks : unwrap(sample.ticks, near);
  // Another boot has another clock: what the old one measured is no part of its plot.
  const kept = isSameClock ? counts.window : [];
  return {
    readings: counts.readings + 1,
    gaps: counts.gaps + (missing > 0 ? 1 : 0),
    missing: counts.missing + missing,
    late: counts.late + ((flags & FLAG_LATE) === 0 ? 0 : 1),
    droppedBefore: counts.droppedBefore + ((flags & FLAG_DROPPED_BEFORE) === 0 ? 0 : 1),
    last: sample,
    window: trim([...kept, { ms, ticks, distance: sample.distance }], ticks),
  };
}

/** Readings per second over the last two seconds before `nowMs`. */
export function rateHz({ window }: ReadingCounts, nowMs: number): number {
  const recent = window.filter(({ ms }) => ms > nowMs - RATE_WINDOW_MS);
  const [first, last] = [recent[0], recent.at(-1)];
  if (first === undefined || last === undefined || last.ms === first.ms) return 0;
  return ((recent.length - 1) * 1000) / (last.ms - first.ms);
}

function countMissing(last: Sample | undefined, { seq, boot }: Sample): number {
  if (last?.seq === undefined || seq === undefined || last.boot !== boot) return 0;
  const missing = (seq - last.seq - 1) & SEQ_MAX;
  // A step back is a repeated reading, not sixty thousand that are missing.
  return missing > SEQ_MAX / 2 ? 0 : missing;
}

function unwrap(ticks: number, near: number): number {
  return ticks + Math.round((near - ticks) / TICKS_MODULUS) * TICKS_MODULUS;
}

function trim(window: readonly SeenSample[], nowTicks: number): readonly SeenSample[] {
  const first = window.findIndex(({ ticks }) => ticks > nowTicks - WINDOW_MS);
  return window.slice(Math.max(first, window.length - SAMPLES_KEPT));
}
