/** A session of the motion profile `continuous`: each device samples one walk on a grid of its own. */
import { drawContinuousWalk, PHONE_RATE_HZ } from './continuous-walk.ts';
import { drawInteger } from './random.ts';
import type { Random } from './random.ts';
import type { Moment, Session } from './session.ts';

/** How often a trainer measures, in Hz. */
export const TRAINER_RATE_HZ = 20;
const SESSION_MS = { min: 60_000, max: 90_000 };

/** Draws the session that starts at `startMs`. */
export function drawContinuousSession(random: Random, startMs: number): Session {
  const endMs = startMs + drawInteger(random, SESSION_MS.min, SESSION_MS.max);
  const walk = drawContinuousWalk(random, startMs);
  const trainerPeriodMs = 1_000 / TRAINER_RATE_HZ;
  const phonePeriodMs = 1_000 / PHONE_RATE_HZ;
  // The two devices were started by different hands: neither knows where the other's grid lies.
  const trainerMs = grid(startMs + random.next() * trainerPeriodMs, endMs, trainerPeriodMs);
  const phoneMs = grid(startMs + random.next() * phonePeriodMs, endMs, phonePeriodMs);
  const [firstMs = startMs] = trainerMs;
  const nextTo = (atMs: number): number => {
    const step = Math.round((atMs - firstMs) / trainerPeriodMs);
    return Math.min(trainerMs.length - 1, Math.max(0, step));
  };
  const distances = trainerMs.map((atMs, step): Moment => ({
    atMs,
    distance: walk.distanceAt(atMs).distance,
    accelerations: [],
    step,
  }));
  const samples = phoneMs.map((atMs): Moment => ({
    atMs,
    accelerations: [walk.accelerationAt(atMs)],
    step: nextTo(atMs),
  }));
  const steps = [...distances, ...samples].sort((left, right) => left.atMs - right.atMs);
  return { startMs, endMs, steps };
}

/** Whole ms at even distances; the end does not belong to it. */
function grid(firstMs: number, endMs: number, periodMs: number): number[] {
  const count = Math.ceil((endMs - firstMs) / periodMs);
  return Array.from({ length: count }, (_, index) => Math.floor(firstMs + index * periodMs));
}
