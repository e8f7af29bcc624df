/**
 * The motion profile `continuous`: somebody walks on the trainer, stands still to hold the balance, steps off for a
 * moment, and begins again. The phone in the pocket and the trainer's sensor see the same body: both are functions of
 * time (epoch ms) and of one draw, so that they agree whenever they are asked.
 *
 * Accelerations are in g, with gravity, in the phone's axes: x to the right, y to the top, z out of the screen; at rest
 * and upright y is −1. The published data knows −1, 0 and 1 only: the same unit, rounded. Distances are in mm; the
 * published ones, 201–300, do not name their unit, and one step of a foot is far longer than that range.
 */
import { CADENCE_HZ, footTravel, gaitAcceleration, GAIT_HARMONICS, stepLengthMm } from './gait.ts';
import type { BodyAcceleration, GaitPhases } from './gait.ts';
import { drawInteger } from './random.ts';
import type { Random } from './random.ts';
import type { SensedDistance, Sensor } from './sensor.ts';
import { noiseAt } from './time-noise.ts';

/** How often a phone samples, in Hz. */
export const PHONE_RATE_HZ = 50;
/** What a sensor reports when nobody is there: the end of its range, in mm. */
export const SENSOR_RANGE_MM = 2_000;

/** What the person does. */
export type WalkStage = 'walking' | 'balancing' | 'away';
/** One sample of the phone, in g, to a thousandth. */
export type PhoneAcceleration = readonly [x: number, y: number, z: number];

const WALKING_MS = { min: 30_000, max: 60_000 };
const BALANCING_MS = { min: 10_000, max: 20_000 };
const AWAY_MS = { min: 3_000, max: 8_000 };
/** How long it takes to come to a stand, or to get going. */
const RAMP_MS = 1_000;
const NEAREST_MM = { min: 150, max: 250 };
/** The cadence wanders by this share, slowly and at three rates (Hz): stride times then vary by 1.5 %. */
const WANDER_SHARE = 0.012;
const WANDER_HZ: readonly number[] = [0.031, 0.113, 0.287];
/** Sway of somebody who stands, in g, and its rates: some thousandths of g, well below 1 Hz. */
const SWAY_G = 0.004;
const SWAY_HZ: readonly number[] = [0.23, 0.41, 0.67];
const PHONE_NOISE_G = 0.005;
const SENSOR_NOISE_MM = 2;
/** How far a pocket tilts the phone, in radians. */
const TILT_MAX = 0.3;

/** What makes one person's walk. Angles are in radians, phases in turns. */
interface Walker {
  readonly startMs: number;
  readonly cadenceHz: number;
  readonly nearestMm: number;
  readonly walkingMs: number;
  readonly balancingMs: number;
  readonly awayMs: number;
  readonly phases: GaitPhases;
  readonly wander: readonly number[];
  readonly sway: readonly number[];
  readonly pitch: number;
  readonly roll: number;
  readonly noiseSeed: number;
}

/** Draws the walk of somebody who begins at `startMs`. */
export function drawContinuousWalk(random: Random, startMs: number): ContinuousWalk {
  const turns = (count: number): number[] => Array.from({ length: count }, () => random.next());
  const tilt = (): number => (2 * random.next() - 1) * TILT_MAX;
  return new ContinuousWalk({
    startMs,
    cadenceHz: drawCadence(random),
    nearestMm: drawInteger(random, NEAREST_MM.min, NEAREST_MM.max),
    walkingMs: drawInteger(random, WALKING_MS.min, WALKING_MS.max),
    balancingMs: drawInteger(random, BALANCING_MS.min, BALANCING_MS.max),
    awayMs: drawInteger(random, AWAY_MS.min, AWAY_MS.max),
    phases: {
      lateral: turns(GAIT_HARMONICS.lateral),
      vertical: turns(GAIT_HARMONICS.vertical),
      forward: turns(GAIT_HARMONICS.forward),
    },
    wander: turns(WANDER_HZ.length),
    sway: turns(2 * SWAY_HZ.length),
    pitch: tilt(),
    roll: tilt(),
    noiseSeed: drawInteger(random, 0, 0xffff_ffff),
  });
}

/** A sum of even draws is close to the normal distribution; what is too far out is cut off. */
function drawCadence(random: Random): number {
  const sum = Array.from({ length: 12 }, () => random.next()).reduce((left, right) => left + right);
  const cadenceHz = CADENCE_HZ.mean + (sum - 6) * CADENCE_HZ.deviation;
  return Math.min(CADENCE_HZ.max, Math.max(CADENCE_HZ.min, cadenceHz));
}

/** One person on one trainer. Every answer depends on the time alone. */
export class ContinuousWalk implements Sensor {
  readonly #walker: Walker;

  constructor(walker: Walker) {
    this.#walker = walker;
  }

  /** The mean cadence in Hz: steps per second. */
  get cadenceHz(): number {
    return this.#walker.cadenceHz;
  }

  stageAt(timeMs: number): WalkStage {
    const { walkingMs, balancingMs } = this.#walker;
    const phaseMs = this.#phaseMs(timeMs);
    if (phaseMs < walkingMs) return 'walking';
    return phaseMs < walkingMs + balancingMs ? 'balancing' : 'away';
  }

  /** What the trainer sees of the nearer foot. */
  distanceAt(timeMs: number): SensedDistance {
    if (this.stageAt(timeMs) === 'away') return { distance: SENSOR_RANGE_MM, outOfRange: true };
    const { nearestMm, cadenceHz, noiseSeed } = this.#walker;
    const activity = this.#activity(timeMs);
    // Somebody who stands has both feet below the body, half a step away from either end.
    const travel = activity * footTravel(this.#strides(timeMs)) + (1 - activity) * 0.5;
    const noise = SENSOR_NOISE_MM * noiseAt(noiseSeed, Math.round(timeMs));
    const distance = Math.round(nearestMm + travel * stepLengthMm(cadenceHz) + noise);
    return { distance, outOfRange: false };
  }

  /** What the phone measures. */
  accelerationAt(timeMs: number): PhoneAcceleration {
    const { cadenceHz, phases, noiseSeed } = this.#walker;
    const activity = this.#activity(timeMs);
    const gait = gaitAcceleration(this.#strides(timeMs), cadenceHz, phases);
    const [swayX, swayZ] = this.#sway(timeMs);
    const turned = this.#turn({
      lateral: activity * gait.lateral + swayX,
      vertical: activity * gait.vertical,
      forward: activity * gait.forward + swayZ,
    });
    return turned.map((share, axis) => {
      const noise = PHONE_NOISE_G * noiseAt(noiseSeed ^ (axis + 1), Math.round(timeMs));
      // Adding 0 turns −0 into 0.
      return Math.round((share + noise) * 1_000) / 1_000 + 0;
    }) as unknown as PhoneAcceleration;
  }

  /** Time since the current round of walking, balancing and being away began. */
  #phaseMs(timeMs: number): number {
    const { startMs, walkingMs, balancingMs, awayMs } = this.#walker;
    const roundMs = walkingMs + balancingMs + awayMs;
    const sinceMs = timeMs - startMs;
    return sinceMs - Math.floor(sinceMs / roundMs) * roundMs;
  }

  /** 1 while the person walks, 0 while they stand, and a smooth way in between. */
  #activity(timeMs: number): number {
    const { walkingMs, balancingMs } = this.#walker;
    const phaseMs = this.#phaseMs(timeMs);
    const standingMs = phaseMs - walkingMs;
    if (standingMs < 0 || standingMs > balancingMs) return 1;
    const edgeMs = Math.min(standingMs, balancingMs - standingMs, RAMP_MS);
    return (1 + Math.cos((Math.PI * edgeMs) / RAMP_MS)) / 2;
  }

  /** Strides since the start; two steps make one. */
  #strides(timeMs: number): number {
    const { startMs, cadenceHz, wander } = this.#walker;
    const seconds = (timeMs - startMs) / 1_000;
    let steps = cadenceHz * seconds;
    for (const [index, rateHz] of WANDER_HZ.entries()) {
      // The derivative of this is a share of the cadence.
      const depth = (WANDER_SHARE * cadenceHz) / (2 * Math.PI * rateHz);
      steps += depth * Math.sin(2 * Math.PI * (rateHz * seconds + (wander[index] as number)));
    }
    return steps / 2;
  }

  #sway(timeMs: number): readonly [lateral: number, forward: number] {
    const { startMs, sway } = this.#walker;
    const seconds = (timeMs - startMs) / 1_000;
    let [lateral, forward] = [0, 0];
    for (const [index, rateHz] of SWAY_HZ.entries()) {
      lateral += SWAY_G * Math.sin(2 * Math.PI * (rateHz * seconds + (sway[2 * index] as number)));
      forward +=
        SWAY_G * Math.sin(2 * Math.PI * (rateHz * seconds + (sway[2 * index + 1] as number)));
    }
    return [lateral, forward];
  }

  /** From the axes of the body to those of the phone, which a pocket tilts. */
  #turn({ lateral, vertical, forward }: BodyAcceleration): [number, number, number] {
    const { pitch, roll } = this.#walker;
    const down = -(1 + vertical);
    const x = lateral * Math.cos(roll) - down * Math.sin(roll);
    const upright = lateral * Math.sin(roll) + down * Math.cos(roll);
    const y = upright * Math.cos(pitch) - forward * Math.sin(pitch);
    const z = upright * Math.sin(pitch) + forward * Math.cos(pitch);
    return [x, y, z];
  }
}
