import type { Sample } from '../../firmware-protocol/index.ts';
import type { Acceleration } from './step-test.ts';
import type { PhoneClock } from './world.ts';

/** What a phone's clock shows at world time `atMs`, in whole epoch ms; the clock drifts from `startMs` on. */
export function phoneTime(clock: PhoneClock, startMs: number, atMs: number): number {
  return Math.round(atMs + clock.skewMs + ((atMs - startMs) * clock.driftPpm) / 1e6);
}

/** The samples of one step with the phone's time on them. */
export function stampSamples(timeStamp: number, accelerations: readonly Acceleration[]): Sample[] {
  return accelerations.map(([x, y, z]) => [timeStamp, x, y, z]);
}
