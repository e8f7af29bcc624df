import type { Random } from '../../../simulator/core/random.ts';

/** A stream that gives the listed draws, one after the other, and again from the first. */
export function scriptedRandom(...draws: readonly number[]): Random {
  let index = 0;
  return { next: () => draws[index++ % draws.length] as number };
}
