/**
 * How the body of somebody who walks accelerates, and where the feet are: figures of the literature on pedestrians.
 *
 * - Cadence of healthy adults who choose their own pace: mean 1.99 Hz, standard deviation 0.173 Hz (Matsumoto and others,
 *   "Dynamic design of footbridges", IABSE Proceedings, 1978). We stay between 1.6 and 2.3 Hz.
 * - Stride times vary by less than 3 % in healthy young adults (Beauchet and others, Journal of NeuroEngineering and
 *   Rehabilitation 6:32, 2009).
 * - Vertical force as a share of the weight, in harmonics of the cadence, mean values: 0.37 (f − 0.95) for the first,
 *   not above 0.5; 0.054 + 0.0044 f, 0.026 + 0.0050 f and 0.010 + 0.0051 f for the second to fourth, where f is the
 *   harmonic's own frequency in Hz (Young, "Improved floor vibration prediction methodologies", Arup, 2001). A force of
 *   one weight accelerates the centre of mass by 1 g, so these shares are accelerations in g.
 * - Lateral and forward force in harmonics of half the cadence, which is that of strides: the first five of
 *   each (Schulze, 1980, as given by Bachmann and Ammann, "Vibrations in structures", IABSE, 1987).
 * - Step length over cadence, the walk ratio, is constant over common speeds: about 0.0065 m per step/min (Sekiya and
 *   Nagasaki, Gait & Posture 8, 1998).
 * - A foot is on the ground for about 60 % of its stride (Perry and Burnfield, "Gait analysis", 2010).
 */

/** Bounds of the cadence, in Hz, and what it is distributed by. */
export const CADENCE_HZ: {
  readonly mean: number;
  readonly deviation: number;
  readonly min: number;
  readonly max: number;
} = { mean: 1.99, deviation: 0.173, min: 1.6, max: 2.3 };

const WALK_RATIO_MM = 6.5;
const SECONDS_PER_MINUTE = 60;
const STANCE_SHARE = 0.6;
/** Shares of the weight at 1, 2, … times half the cadence. */
const LATERAL: readonly number[] = [0.039, 0.01, 0.043, 0.012, 0.015];
const FORWARD: readonly number[] = [0.037, 0.204, 0.026, 0.083, 0.024];

/** An acceleration of the body in g, without gravity. */
export interface BodyAcceleration {
  readonly lateral: number;
  readonly vertical: number;
  readonly forward: number;
}

/** Phases of the harmonics in turns, 0–1: they make the gait of one person. */
export interface GaitPhases {
  readonly lateral: readonly number[];
  readonly vertical: readonly number[];
  readonly forward: readonly number[];
}

/** How many harmonics a gait has in each direction. */
export const GAIT_HARMONICS: { readonly [direction in keyof GaitPhases]: number } = {
  lateral: LATERAL.length,
  vertical: 4,
  forward: FORWARD.length,
};

/** The length of one step in mm, at a cadence in Hz. */
export function stepLengthMm(cadenceHz: number): number {
  return WALK_RATIO_MM * cadenceHz * SECONDS_PER_MINUTE;
}

/** The acceleration of the body when `strides` strides were made; whole numbers are the same foot's landings. */
export function gaitAcceleration(
  strides: number,
  cadenceHz: number,
  phases: GaitPhases,
): BodyAcceleration {
  return {
    lateral: sumHarmonics(strides, LATERAL, phases.lateral),
    vertical: sumHarmonics(2 * strides, verticalShares(cadenceHz), phases.vertical),
    forward: sumHarmonics(strides, FORWARD, phases.forward),
  };
}

/**
 * Where a foot is on its way, 0 in front and 1 at the back, when `strides` strides were made: carried back at an even
 * speed while it stands, and swung forward in a smooth motion.
 */
export function footTravel(strides: number): number {
  const share = strides - Math.floor(strides);
  if (share < STANCE_SHARE) return share / STANCE_SHARE;
  const swing = (share - STANCE_SHARE) / (1 - STANCE_SHARE);
  return (1 + Math.cos(Math.PI * swing)) / 2;
}

function verticalShares(cadenceHz: number): readonly number[] {
  return [
    Math.min(0.5, 0.37 * (cadenceHz - 0.95)),
    0.054 + 0.0044 * 2 * cadenceHz,
    0.026 + 0.005 * 3 * cadenceHz,
    0.01 + 0.0051 * 4 * cadenceHz,
  ];
}

function sumHarmonics(turns: number, shares: readonly number[], phases: readonly number[]): number {
  let sum = 0;
  for (const [index, share] of shares.entries()) {
    sum += share * Math.cos(2 * Math.PI * ((index + 1) * turns - (phases[index] ?? 0)));
  }
  return sum;
}
