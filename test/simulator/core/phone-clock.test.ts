import { describe, expect, it } from 'vitest';
import { drawPhoneClock, phoneTime, stampSamples } from '../../../simulator/core/phone-clock.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { sampleSpec } from './sample-world.ts';

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

describe('a clock that jumps', () => {
  const jump = { atMs: START_MS + 10_000, byMs: 3_600_000 };

  it.each([
    [9_999, 9_999],
    [10_000, 3_610_000],
    [20_000, 3_620_000],
  ])('an hour forward after 10 s shows after %i ms that it is %i', (elapsedMs, shownMs) => {
    const clock = { skewMs: 0, driftPpm: 0, jump };
    expect(phoneTime(clock, START_MS, START_MS + elapsedMs)).toBe(START_MS + shownMs);
  });

  it('a second back shows each ms of that second twice', () => {
    const clock = { skewMs: 0, driftPpm: 0, jump: { ...jump, byMs: -1_000 } };
    const shown = [9_500, 10_500].map((atMs) => phoneTime(clock, START_MS, START_MS + atMs));
    expect(shown).toEqual([START_MS + 9_500, START_MS + 9_500]);
  });

  it('does so on a share of the phones', () => {
    const phoneClock = { skewMs: 5, driftPpm: 5, jump: { ...jump, share: 0.25 } };
    const clocks = Array.from({ length: 400 }, (_, person) =>
      drawPhoneClock(sampleSpec({ phoneClock }), seededStreams(1)(`phone:${person}/clock`)),
    );
    const jumping = clocks.filter((clock) => clock.jump !== undefined);
    expect(Math.abs(jumping.length - 100)).toBeLessThan(52);
    expect(jumping.every((clock) => clock.jump?.byMs === 3_600_000)).toBe(true);
    // Skew and drift are drawn first: a jump changes neither.
    const still = drawPhoneClock(
      sampleSpec({ phoneClock: { skewMs: 5, driftPpm: 5 } }),
      seededStreams(1)('phone:0/clock'),
    );
    expect(clocks[0]).toMatchObject(still);
  });
});

describe('stamps that are cut off', () => {
  it.each([
    [1_000, 1_999, 1_000],
    [1_000, 2_000, 2_000],
    [100, 1_999, 1_900],
    [1, 1_999, 1_999],
  ])('to %i ms: %i becomes %i', (roundingMs, elapsedMs, shownMs) => {
    const clock = { skewMs: 0, driftPpm: 0, roundingMs };
    expect(phoneTime(clock, START_MS, START_MS + elapsedMs)).toBe(START_MS + shownMs);
  });

  it('are cut off after everything else', () => {
    const jump = { atMs: START_MS, byMs: 300 };
    const clock = { skewMs: 250, driftPpm: 0, jump, roundingMs: 1_000 };
    expect(phoneTime(clock, START_MS, START_MS + 500)).toBe(START_MS + 1_000);
    const drawn = drawPhoneClock(
      sampleSpec({ phoneClock: { skewMs: 0, driftPpm: 0, roundingMs: 100 } }),
      seededStreams(1)('phone:0/clock'),
    );
    expect(drawn.roundingMs).toBe(100);
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
