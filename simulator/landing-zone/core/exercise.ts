/** One session on a trainer as both devices see it, in the world's time. */
import { drawContinuousWalk, PHONE_RATE_HZ } from '../../core/continuous-walk.ts';
import { drawInteger } from '../../core/random.ts';
import type { Random } from '../../core/random.ts';
import { drawStepTest } from '../../core/step-test.ts';
import type { Acceleration } from '../../core/session.ts';
import type { LandingSpec } from './landing-spec.ts';

/** A measurement of the trainer; `atMs` is epoch ms. */
export interface TrainerMoment {
  readonly atMs: number;
  readonly distance: number;
}

/** What the phone measures at one time, in epoch ms. */
export interface PhoneMoment {
  readonly atMs: number;
  readonly accelerations: readonly Acceleration[];
}

/** One session. Both streams are in the order of time. */
export interface Exercise {
  readonly startMs: number;
  readonly endMs: number;
  readonly trainer: readonly TrainerMoment[];
  readonly phone: readonly PhoneMoment[];
}

const WALK_MS = { min: 60_000, max: 180_000 };
/** Mean length of a session in ms, by profile. */
export const MEAN_SESSION_MS: Readonly<Record<LandingSpec['profile'], number>> = {
  'step-test': 90_500,
  continuous: (WALK_MS.min + WALK_MS.max) / 2,
};

/** Draws the session that starts at `startMs`. */
export function drawExercise(spec: LandingSpec, random: Random, startMs: number): Exercise {
  if (spec.profile === 'continuous') return drawWalk(spec, random, startMs);
  const { endMs, steps } = drawStepTest(random, startMs);
  return { startMs, endMs, trainer: steps, phone: steps };
}

function drawWalk({ trainerRateHz }: LandingSpec, random: Random, startMs: number): Exercise {
  const endMs = startMs + drawInteger(random, WALK_MS.min, WALK_MS.max);
  const walk = drawContinuousWalk(random, startMs);
  const phonePeriodMs = 1_000 / PHONE_RATE_HZ;
  const trainerPeriodMs = 1_000 / trainerRateHz;
  // The two devices were started by different hands: neither knows where the other's grid lies.
  const phonePhaseMs = random.next() * phonePeriodMs;
  const trainerPhaseMs = random.next() * trainerPeriodMs;
  return {
    startMs,
    endMs,
    trainer: grid(startMs + trainerPhaseMs, endMs, trainerPeriodMs).map((atMs) => ({
      atMs,
      distance: walk.distanceAt(atMs).distance,
    })),
    phone: grid(startMs + phonePhaseMs, endMs, phonePeriodMs).map((atMs) => ({
      atMs,
      accelerations: [walk.accelerationAt(atMs)],
    })),
  };
}

/** Whole ms at even distances; the end does not belong to it. */
function grid(firstMs: number, endMs: number, periodMs: number): number[] {
  const count = Math.max(0, Math.ceil((endMs - firstMs) / periodMs));
  return Array.from({ length: count }, (_, index) => Math.floor(firstMs + index * periodMs));
}
