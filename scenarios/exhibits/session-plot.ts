/** The signals of one session, beside what became of each reading. */
import type { Bin } from '../evidence/bins.ts';

/** One distance that the trainer measured. */
export interface PlottedDistance {
  /** Truth id. */
  readonly id: number;
  /** World time in epoch ms. */
  readonly atMs: number;
  /** As it lands in `distanceFromObject`. */
  readonly distance: number;
  readonly bin: Bin;
  /** People whom the pipeline takes it for. */
  readonly believed: readonly number[];
}

/** One sample that the phone took. */
export interface PlottedAcceleration {
  /** Truth id. */
  readonly id: number;
  /** World time in epoch ms. */
  readonly atMs: number;
  /** The time that the phone gave it, in epoch ms. */
  readonly timeStamp: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly bin: Bin;
}

/** One session of one person with both signals on the world's time axis. */
export interface SessionPlot {
  /** The oracle that the session offends. */
  readonly oracle: string;
  readonly person: number;
  /** Number of the person's session, from 0. */
  readonly session: number;
  /** The box that measured; left out when there was none. */
  readonly serialNumber?: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly distances: readonly PlottedDistance[];
  readonly accelerations: readonly PlottedAcceleration[];
}
