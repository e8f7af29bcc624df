/** One exercise of one person as both devices see it, in the world's time. */

/** One acceleration as the app reports it; its unit and range are those of the motion profile. */
export type Acceleration = readonly [x: number, y: number, z: number];

/** What the devices measure at one time, in epoch ms: both of them, or one alone. */
export interface Moment {
  readonly atMs: number;
  /** The distance that the trainer sees; left out at a moment of the phone alone. */
  readonly distance?: number;
  /** The phone's distinct samples; none at a moment of the trainer alone. */
  readonly accelerations: readonly Acceleration[];
  /**
   * Where the devices measure at times of their own: the number in the session of the distance that is next to it. If not
   * given, the moment is a step by itself.
   */
  readonly step?: number;
}

/** One exercise, its moments in the order of time; `endMs` is behind the last one. */
export interface Session {
  readonly startMs: number;
  readonly endMs: number;
  readonly steps: readonly Moment[];
}
