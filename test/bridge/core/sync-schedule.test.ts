import { describe, expect, it } from 'vitest';
import { addBurst } from '../../../bridge/core/clock-fit.ts';
import type { ClockFit } from '../../../bridge/core/clock-fit.ts';
import {
  isBurstComplete,
  isRoundComplete,
  pauseAfterBurst,
  statedDriftPpm,
} from '../../../bridge/core/sync-schedule.ts';
import { exchangeBurst } from './ticking-device.ts';

const START_MS = 1_655_564_400_000;
const DEVICE = { bootMs: START_MS, driftPpm: 0, startTicks: 0 };

/** A clock after some bursts, each exchange of which was delayed by so much in either direction. */
function clockAfter(bursts: number, latencyMs: number, driftPpmMax = 200): ClockFit {
  let fit: ClockFit | undefined;
  for (let burst = 0; burst < bursts; burst++) {
    const startMs = START_MS + 1_000 + burst * 30_000;
    const samples = exchangeBurst(DEVICE, { startMs, exchanges: 8, latencyMs: () => latencyMs });
    fit = addBurst(fit, samples, driftPpmMax);
  }
  return fit as ClockFit;
}

describe('a burst', () => {
  it('is looked at after every fourth exchange', () => {
    expect([1, 2, 3, 4, 5, 8, 24].filter(isRoundComplete)).toEqual([4, 8, 24]);
  });

  it.each([
    ['the first has two rounds at least', 4, 1, 0, false],
    ['they are enough on a quick line', 8, 1, 0, true],
    ['one round is enough later', 4, 2, 0, true],
    ['not on a line that delays by 10 ms', 8, 1, 10, false],
    ['not later either', 20, 2, 10, false],
    ['but more than 24 exchanges do not help', 24, 1, 10, true],
  ])('%s', (_what, exchanges, bursts, latencyMs, expected) => {
    expect(isBurstComplete(exchanges, clockAfter(bursts, latencyMs))).toBe(expected);
  });
});

describe('the pause after a burst', () => {
  it.each([
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
    [4, 16_000],
    [5, 30_000],
    [16, 30_000],
  ])('number %d is %d ms on a quick line', (bursts, expected) => {
    expect(pauseAfterBurst(clockAfter(bursts, 0))).toBe(expected);
  });

  it('is short for a device that may drift by a lot', () => {
    expect(pauseAfterBurst(clockAfter(1, 0, 9_999))).toBe(1_000);
  });

  it('is short while a slow line hides the drift, and grows all the same', () => {
    const pauses = [1, 2, 16].map((bursts) => pauseAfterBurst(clockAfter(bursts, 2.5)));
    expect(pauses[0]).toBe(2_000);
    expect(pauses[1]).toBe(4_000);
    expect(pauses[2]).toBe(30_000);
  });

  it('is never shorter than a second, whatever the latency', () => {
    for (const latencyMs of [10, 50, 200]) {
      expect(pauseAfterBurst(clockAfter(1, latencyMs))).toBeGreaterThanOrEqual(1_000);
    }
  });

  it('is that of a first burst when nothing is known', () => {
    expect(pauseAfterBurst(undefined)).toBe(2_000);
  });
});

describe('the drift that a device states', () => {
  it.each([
    [['SYNC', 'PPM500'], 500],
    [['PPM1'], 1],
    [['PPM9999', 'REBOOT'], 9_999],
    [['SYNC'], 200],
    [[], 200],
    [['PPM'], 200],
    [['PPM0'], 200],
    [['PPM10000'], 200],
    [['XPPM50'], 200],
  ])('in %j is %d ppm', (options, expected) => {
    expect(statedDriftPpm(options)).toBe(expected);
  });
});
