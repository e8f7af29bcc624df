/** What the distance sensor of a trainer measures. */

/** One measurement: 0–65535, in the unit that lands as `distanceFromObject`. */
export interface SensedDistance {
  readonly distance: number;
  /** True when nothing was within the sensor's range. */
  readonly outOfRange: boolean;
}

/** A sensor and what is in front of it, as a function of time (epoch ms). */
export interface Sensor {
  distanceAt(timeMs: number): SensedDistance;
  /** When the first step at or after a time falls; only with a sensor that measures once per step. */
  readonly nextStepMs?: (notBeforeMs: number) => number;
}
