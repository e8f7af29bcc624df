/** What a session learns from one SYNC exchange after the other. */
import { addBurst } from './clock-fit.ts';
import type { ClockFit } from './clock-fit.ts';
import { mayBePaced, toSyncSample } from './sync-sample.ts';
import type { SyncExchange } from './sync-sample.ts';
import { isBurstComplete, isRoundComplete } from './sync-schedule.ts';

/** What is known of the clock and the line of a device. */
export interface SyncState {
  /** Time of one byte on the line, in ms. */
  readonly byteMs: number;
  /** False once an answer came faster than the baud rate allows. */
  readonly isPaced: boolean;
  /** How much the device may drift, as it states. */
  readonly driftPpmMax: number;
  readonly clock: ClockFit | undefined;
  /** The exchanges of the burst that is under way. */
  readonly burst: readonly SyncExchange[];
}

/** Takes one more exchange. The burst is empty again, and the clock a new one, when it was the last of its burst. */
export function takeExchange(
  { byteMs, isPaced: wasPaced, driftPpmMax, clock, burst: earlier }: SyncState,
  exchange: SyncExchange,
): Pick<SyncState, 'isPaced' | 'clock' | 'burst'> {
  const isPaced = wasPaced && mayBePaced(exchange, byteMs);
  const burst = [...earlier, exchange];
  // What was reckoned with a pace that the line does not have is no bound: it serves until the burst is complete.
  const base = isPaced === wasPaced || clock === undefined ? clock : { ...clock, bursts: [] };
  if (!isRoundComplete(burst.length)) return { isPaced, clock: base, burst };
  const samples = burst.map((each) => toSyncSample(each, isPaced ? byteMs : 0));
  const fit = addBurst(base, samples, driftPpmMax);
  return fit !== undefined && isBurstComplete(burst.length, fit)
    ? { isPaced, clock: fit, burst: [] }
    : { isPaced, clock: base, burst };
}
