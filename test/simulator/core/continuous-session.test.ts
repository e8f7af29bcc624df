import { describe, expect, test } from 'vitest';
import { drawContinuousSession } from '../../../simulator/core/continuous-session.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const START_MS = 1_656_324_000_000;
const session = drawContinuousSession(seededStreams(1)('motion'), START_MS);
const distances = session.steps.filter(({ distance }) => distance !== undefined);
const samples = session.steps.filter(({ accelerations }) => accelerations.length > 0);

describe('a session of somebody who walks', () => {
  test('lasts 60 to 90 s, and all of it is within, in order, at whole ms', () => {
    const durationMs = session.endMs - session.startMs;
    expect(durationMs).toBeGreaterThanOrEqual(60_000);
    expect(durationMs).toBeLessThanOrEqual(90_000);
    const times = session.steps.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(times.every(Number.isInteger)).toBe(true);
    expect(times[0]).toBeGreaterThanOrEqual(session.startMs);
    expect(times.at(-1)).toBeLessThan(session.endMs);
  });

  test('is measured 20 times a second by the trainer and 50 times by the phone, each for itself', () => {
    const seconds = (session.endMs - session.startMs) / 1_000;
    expect(distances.length / seconds).toBeCloseTo(20, 0);
    expect(samples.length / seconds).toBeCloseTo(50, 0);
    expect(distances.length + samples.length).toBe(session.steps.length);
  });

  test('says of each sample which distance is next to it', () => {
    const timeOf = new Map(distances.map(({ step, atMs }) => [step, atMs]));
    expect(timeOf.size).toBe(distances.length);
    for (const { step, atMs } of samples) {
      expect(Math.abs(atMs - (timeOf.get(step) ?? Infinity))).toBeLessThanOrEqual(50);
    }
  });

  test('is the same for the same draws', () => {
    expect(drawContinuousSession(seededStreams(1)('motion'), START_MS)).toEqual(session);
  });
});
