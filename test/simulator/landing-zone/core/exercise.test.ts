import { describe, expect, test } from 'vitest';
import { drawExercise, MEAN_SESSION_MS } from '../../../../simulator/landing-zone/core/exercise.ts';
import { DEFAULT_LANDING, LANDING_PROFILES } from '../../../../simulator/landing-zone/index.ts';
import { seededStreams } from '../../../../simulator/seeded-random.ts';

describe.each(LANDING_PROFILES)('a session of the profile %s', (profile) => {
  const spec = { ...DEFAULT_LANDING, profile };
  const sessions = Array.from({ length: profile === 'continuous' ? 20 : 400 }, (_, index) =>
    drawExercise(spec, seededStreams(index)('motion'), 1_000_000),
  );

  test('has both streams inside of it, in the order of time and in whole ms', () => {
    for (const { startMs, endMs, trainer, phone } of sessions) {
      expect(startMs).toBe(1_000_000);
      for (const stream of [trainer, phone]) {
        const times = stream.map(({ atMs }) => atMs);
        expect(times.every(Number.isInteger)).toBe(true);
        expect(times).toEqual(times.toSorted((left, right) => left - right));
        expect(times[0]).toBeGreaterThanOrEqual(startMs);
        expect(times.at(-1)).toBeLessThan(endMs);
      }
    }
  });

  test('is as long as the timeline counts on, on average', () => {
    const meanMs =
      sessions.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / sessions.length;
    expect(meanMs / MEAN_SESSION_MS[profile]).toBeCloseTo(1, 0);
  });
});
