import type { Sample } from '../../firmware-protocol/index.ts';
import { drawBetween, drawChance } from './random.ts';
import type { Random } from './random.ts';
import type { Acceleration } from './session.ts';
import type { WorldSpec } from './world-spec.ts';

/** A phone's clock against the world's: `skewMs` at the start of the world, then `driftPpm` on top. */
export interface PhoneClock {
  readonly skewMs: number;
  readonly driftPpm: number;
  /** The clock shows `byMs` more from `atMs` (epoch ms) on; it never jumps if not given. */
  readonly jump?: { readonly atMs: number; readonly byMs: number };
  /** Stamps are cut off to whole multiples of this many ms; rounded to whole ms if not given. */
  readonly roundingMs?: number;
  /** From each of these times (epoch ms, in their order) on, this `skewMs` is in the place of the one before. */
  readonly changes?: readonly { readonly atMs: number; readonly skewMs: number }[];
}

/** Draws how wrong the clock of one phone is. */
export function drawPhoneClock({ phoneClock: spec }: WorldSpec, random: Random): PhoneClock {
  const { skewMs, driftPpm, jump, roundingMs } = spec;
  const clock = { skewMs: drawBetween(random, skewMs), driftPpm: drawBetween(random, driftPpm) };
  const jumps = jump !== undefined && drawChance(random, jump.share);
  return {
    ...clock,
    ...(jumps && { jump: { atMs: jump.atMs, byMs: jump.byMs } }),
    ...(roundingMs !== undefined && { roundingMs }),
  };
}

/** Which part of the bound a phone is off by, -1 to 1; `random` is the stream that {@link drawPhoneClock} draws from. */
export function drawSkewShare(random: Random): number {
  return drawBetween(random, 1);
}

/** By how much a phone is off at world time `atMs` (epoch ms), without drift and jumps, in ms. */
export function skewAt({ skewMs, changes }: PhoneClock, atMs: number): number {
  return changes?.findLast((change) => change.atMs <= atMs)?.skewMs ?? skewMs;
}

/** What a phone's clock shows at world time `atMs`, in whole epoch ms; the clock drifts from `startMs` on. */
export function phoneTime(clock: PhoneClock, startMs: number, atMs: number): number {
  const { driftPpm, jump, roundingMs } = clock;
  const shownMs = atMs + skewAt(clock, atMs) + ((atMs - startMs) * driftPpm) / 1e6;
  const jumpedMs = jump !== undefined && atMs >= jump.atMs ? shownMs + jump.byMs : shownMs;
  if (roundingMs === undefined) return Math.round(jumpedMs);
  return Math.floor(jumpedMs / roundingMs) * roundingMs;
}

/** The samples of one step with the phone's time on them. */
export function stampSamples(timeStamp: number, accelerations: readonly Acceleration[]): Sample[] {
  return accelerations.map(([x, y, z]) => [timeStamp, x, y, z]);
}
