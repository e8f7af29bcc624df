import { describe, expect, it } from 'vitest';
import { addBurst, clockError, toHostMs } from '../../../bridge/core/clock-fit.ts';
import type { ClockFit, SyncSample } from '../../../bridge/core/clock-fit.ts';
import {
  isBurstComplete,
  isRoundComplete,
  pauseAfterBurst,
} from '../../../bridge/core/sync-schedule.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { exchangeBurst, ticksAt } from './ticking-device.ts';
import type { TickingDevice } from './ticking-device.ts';

const START_MS = 1_655_564_400_000;
const HOUR_MS = 3_600_000;
const LATENCY_MS_MAX = 16;
const SEEDS = 20;
const LOOKS_PER_PAUSE = 12;
/** A reading's ticks are cut to a whole ms, and its time is rounded to one. */
const CUT_AND_ROUNDED_MS = 1.5;

/** The largest error of an hour, and by how much it was larger than the fit had said it could be. */
interface Worst {
  readonly errorMs: number;
  readonly beyondClaimMs: number;
  readonly claimMs: number;
}

/** Keeps a clock for an hour as a session does, and reads times off it from the end of each burst to that of the next. */
function keepForAnHour(driftPpm: number, seed: number): Worst {
  const random = seededStreams(seed)(`drift ${driftPpm}`);
  const device: TickingDevice = {
    bootMs: START_MS - 1_000 * random.next(),
    driftPpm,
    startTicks: Math.floor(2 ** 32 - HOUR_MS * random.next()),
  };
  const worst = { errorMs: 0, beyondClaimMs: Number.NEGATIVE_INFINITY, claimMs: 0 };
  let nowMs = START_MS;
  let fit: ClockFit | undefined;
  while (nowMs < START_MS + HOUR_MS) {
    const burst = exchangeUntilKnown(device, fit, nowMs, () => random.next() * LATENCY_MS_MAX);
    fit = burst.fit;
    const pauseMs = pauseAfterBurst(fit) + burst.tookMs;
    for (let look = 0; look <= LOOKS_PER_PAUSE; look++) {
      const laterMs = (pauseMs * look) / LOOKS_PER_PAUSE;
      const readMs = Math.floor(nowMs + burst.tookMs + laterMs);
      const errorMs = Math.abs(Math.round(toHostMs(fit, ticksAt(device, readMs))) - readMs);
      const claimMs = clockError(fit, laterMs + LATENCY_MS_MAX) + CUT_AND_ROUNDED_MS;
      worst.errorMs = Math.max(worst.errorMs, errorMs);
      worst.claimMs = Math.max(worst.claimMs, claimMs);
      worst.beyondClaimMs = Math.max(worst.beyondClaimMs, errorMs - claimMs);
    }
    nowMs += burst.tookMs + pauseAfterBurst(fit);
  }
  return worst;
}

function exchangeUntilKnown(
  device: TickingDevice,
  before: ClockFit | undefined,
  startMs: number,
  latencyMs: () => number,
): { readonly fit: ClockFit; readonly tookMs: number } {
  const samples: SyncSample[] = [];
  for (let nextMs = startMs; ;) {
    const [sample] = exchangeBurst(device, { startMs: nextMs, exchanges: 1, latencyMs });
    samples.push(sample as SyncSample);
    const { receivedMs } = sample as SyncSample;
    nextMs = receivedMs + 25.37;
    if (!isRoundComplete(samples.length)) continue;
    const fit = addBurst(before, samples, 200) as ClockFit;
    if (isBurstComplete(samples.length, fit)) return { fit, tookMs: receivedMs - startMs };
  }
}

describe('a clock kept for an hour over a line that delays by up to 16 ms each way', () => {
  it.each([-200, -150, -100, -20, 0, 37, 100, 200])(
    'is right to 5 ms at any time, at a drift of %d ppm and any wrap of the ticks',
    (driftPpm) => {
      for (let seed = 1; seed <= SEEDS; seed++) {
        const worst = keepForAnHour(driftPpm, seed);
        expect(worst.errorMs).toBeLessThanOrEqual(5);
        // The bounds are hard: what the fit says of itself holds always, and is worth something.
        expect(worst.beyondClaimMs).toBeLessThanOrEqual(0.01);
        expect(worst.claimMs).toBeLessThan(7);
      }
    },
  );
});
