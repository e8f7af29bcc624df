/** Intervals are measured by a clock that nobody sets; what is written down has the time of day. */

/** An even clock, and what the time of day is ahead of it. */
export interface EvenClock {
  /** Epoch ms with fractions. */
  now(): number;
  /** What the machine's clock was set by since the start, in ms; nothing if not given. */
  readonly clockSetMs?: number;
}

/** The time of day, in epoch ms with fractions. */
export function timeOfDay(clock: EvenClock): number {
  return clock.now() + (clock.clockSetMs ?? 0);
}
