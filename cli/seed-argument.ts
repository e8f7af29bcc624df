import { UsageError } from './exit-codes.ts';

/** Refuses what is no seed: all but whole numbers from 0. None is given when it is `undefined`. @throws UsageError */
export function refuseNoSeed(seed: number | undefined): void {
  if (seed === undefined || (Number.isSafeInteger(seed) && seed >= 0)) return;
  throw new UsageError('--seed takes a whole number from 0.');
}
