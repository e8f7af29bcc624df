/** How often the host asks for a device's time: until it knows it well enough, and more often while it knows little. */
import { DRIFT_PPM_MAX } from '../../firmware-protocol/index.ts';
import { clockError } from './clock-fit.ts';
import type { ClockFit } from './clock-fit.ts';

/** The first burst has at least two rounds, a later one at least one: exchanges between two looks at the fit. */
const ROUND = 4;
const FIRST_BURST = 8;
/** A line that delays every exchange does not become better by asking without end. */
const BURST_MAX = 24;
/** A burst goes on until the clock is known this well, in ms. Quiet lines are there at once. */
const ERROR_MS_WANTED = 2.5;
/** A pause ends before the clock may be wrong by more than this, in ms: a tick and rounding add 1.5 ms to it. */
const ERROR_MS_MAX = 3.5;
/** Where latency allows no such clock, how much worse it may become. */
const GROWTH_MAX = 1.5;
/** Time between the first burst and the second; it doubles with every burst, since the drift is known twice as well. */
const FIRST_PAUSE_MS = 2_000;
const LAST_PAUSE_MS = 30_000;
const PAUSE_MS_MIN = 1_000;
/** The option in which a device states how much its clock may drift. */
const DRIFT_OPTION = /^PPM([1-9]\d{0,3})$/;

/** True when a burst of `exchanges` is long enough to be looked at. */
export function isRoundComplete(exchanges: number): boolean {
  return exchanges % ROUND === 0;
}

/** True when a burst of `exchanges`, all of them in `clock`, needs no further round. */
export function isBurstComplete(exchanges: number, clock: ClockFit): boolean {
  if (clock.bursts.length === 1 && exchanges < FIRST_BURST) return false;
  return exchanges >= BURST_MAX || clockError(clock, 0) <= ERROR_MS_WANTED;
}

/**
 * Time from the end of a burst to the next, in ms: short while the drift is hardly known, and again after bursts were
 * given up as contradictory.
 */
export function pauseAfterBurst(clock: ClockFit | undefined): number {
  if (clock === undefined) return FIRST_PAUSE_MS;
  const allowedMs = Math.max(ERROR_MS_MAX, GROWTH_MAX * clockError(clock, 0));
  let pauseMs = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (clock.bursts.length - 1));
  while (pauseMs > PAUSE_MS_MIN && clockError(clock, pauseMs) > allowedMs) pauseMs /= 2;
  return Math.max(pauseMs, PAUSE_MS_MIN);
}

/** How much a device with these options may drift, in ppm. */
export function statedDriftPpm(options: readonly string[]): number {
  const stated = options.map((option) => DRIFT_OPTION.exec(option)?.[1]).find(Boolean);
  return stated === undefined ? DRIFT_PPM_MAX : Number(stated);
}
