import { describe, expect, it } from 'vitest';
import { phoneTime, stampSamples } from '../../../simulator/core/phone-clock.ts';

const START_MS = 1_655_564_400_000;

describe('phoneTime', () => {
  it.each([
    ['a right clock', 0, 0, 12_345, 12_345],
    ['skew', 3.4, 0, 1_000, 1_003],
    ['skew that rounds up', 3.5, 0, 1_000, 1_004],
    ['negative skew', -250, 0, 1_000, 750],
    ['drift at the start', 0, 200, 0, 0],
    ['20 ppm after 50 s', 0, 20, 50_000, 50_001],
    ['−20 ppm after 75 s', 0, -20, 75_000, 74_999],
    ['200 ppm after an hour', 0, 200, 3_600_000, 3_600_720],
    ['skew and drift', 10, 100, 100_000, 100_020],
    ['drift before the start', 0, 100, -10_000, -10_001],
  ])('%s', (_what, skewMs, driftPpm, elapsedMs, shownMs) => {
    const atMs = START_MS + elapsedMs;
    expect(phoneTime({ skewMs, driftPpm }, START_MS, atMs)).toBe(START_MS + shownMs);
  });
});

describe('stampSamples', () => {
  it('puts one time on all samples of a step', () => {
    expect(
      stampSamples(
        7,
        [
          [-1, 0, 1],
          [0, 0, 0],
        ].map(([x, y, z]) => [x, y, z] as never),
      ),
    ).toEqual([
      [7, -1, 0, 1],
      [7, 0, 0, 0],
    ]);
    expect(stampSamples(7, [])).toEqual([]);
  });
});
