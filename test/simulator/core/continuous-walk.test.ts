import { describe, expect, it } from 'vitest';
import {
  drawContinuousWalk,
  PHONE_RATE_HZ,
  SENSOR_RANGE_MM,
} from '../../../simulator/core/continuous-walk.ts';
import type { ContinuousWalk, WalkStage } from '../../../simulator/core/continuous-walk.ts';
import { CADENCE_HZ } from '../../../simulator/core/gait.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const START_MS = 1_655_564_400_000;
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

function walkOf(seed: number): ContinuousWalk {
  return drawContinuousWalk(seededStreams(seed)('walk'), START_MS);
}

/** The times at the phone's rate in which a stage is under way, without its first and last two seconds. */
function timesOf(walk: ContinuousWalk, stage: WalkStage, untilMs = 120_000): number[] {
  const stepMs = 1_000 / PHONE_RATE_HZ;
  const times = Array.from({ length: untilMs / stepMs }, (_, index) => START_MS + index * stepMs);
  return times.filter((timeMs) =>
    [-2_000, 0, 2_000].every((offsetMs) => walk.stageAt(timeMs + offsetMs) === stage),
  );
}

/** The frequency in Hz, from 0.5 to 4, of which a series at equal times holds most. */
function dominantHz(values: readonly number[]): number {
  const mean = values.reduce((left, right) => left + right, 0) / values.length;
  let best = { hz: 0, power: 0 };
  for (let hz = 0.5; hz < 4; hz += 0.01) {
    let [cosine, sine] = [0, 0];
    for (const [index, value] of values.entries()) {
      const angle = (2 * Math.PI * hz * index) / PHONE_RATE_HZ;
      cosine += (value - mean) * Math.cos(angle);
      sine += (value - mean) * Math.sin(angle);
    }
    const power = Math.hypot(cosine, sine);
    if (power > best.power) best = { hz, power };
  }
  return best.hz;
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((left, right) => left + right, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('a continuous walk', () => {
  it('depends on the draw and the time alone, in whatever order it is asked', () => {
    const [one, same, other] = [walkOf(1), walkOf(1), walkOf(2)];
    const times = Array.from({ length: 500 }, (_, index) => START_MS + index * 137);
    const forwards = times.map((timeMs) => [one.distanceAt(timeMs), one.accelerationAt(timeMs)]);
    const backwards = times
      .toReversed()
      .map((timeMs) => [same.distanceAt(timeMs), same.accelerationAt(timeMs)]);
    expect(backwards.toReversed()).toEqual(forwards);
    expect(
      times.map((timeMs) => [other.distanceAt(timeMs), other.accelerationAt(timeMs)]),
    ).not.toEqual(forwards);
  });

  it('begins with walking, and goes through its three stages again and again', () => {
    for (const seed of SEEDS) {
      const walk = walkOf(seed);
      const stages: WalkStage[] = [];
      for (let timeMs = START_MS; timeMs < START_MS + 300_000; timeMs += 500) {
        const stage = walk.stageAt(timeMs);
        if (stage !== stages.at(-1)) stages.push(stage);
      }
      expect(stages.slice(0, 7)).toEqual([
        'walking',
        'balancing',
        'away',
        'walking',
        'balancing',
        'away',
        'walking',
      ]);
    }
  });

  it('has the cadence of its person in the phone and half of it in the foot', () => {
    const cadences = SEEDS.slice(0, 5).map((seed) => {
      const walk = walkOf(seed);
      const times = timesOf(walk, 'walking', 40_000);
      expect(times.length).toBeGreaterThan(1_000);
      const upright = times.map((timeMs) => walk.accelerationAt(timeMs)[1]);
      const distance = times.map((timeMs) => walk.distanceAt(timeMs).distance);
      const [stepHz, strideHz] = [dominantHz(upright), dominantHz(distance)];
      expect(Math.abs(stepHz - walk.cadenceHz)).toBeLessThan(0.05);
      expect(Math.abs(2 * strideHz - stepHz)).toBeLessThan(0.03);
      return walk.cadenceHz;
    });
    expect(new Set(cadences).size).toBe(5);
  });

  it('has cadences of healthy adults', () => {
    const cadences = Array.from({ length: 500 }, (_, seed) => walkOf(seed).cadenceHz);
    expect(Math.min(...cadences)).toBeGreaterThanOrEqual(CADENCE_HZ.min);
    expect(Math.max(...cadences)).toBeLessThanOrEqual(CADENCE_HZ.max);
    expect(deviation(cadences)).toBeGreaterThan(0.13);
    expect(deviation(cadences)).toBeLessThan(0.2);
  });

  it('varies from stride to stride, by less than 3 %', () => {
    const walk = walkOf(3);
    const landings: number[] = [];
    const times = timesOf(walk, 'walking', 60_000);
    // The foot lands where the distance stops falling: at the lowest point of its neighbourhood.
    for (const timeMs of times) {
      const here = walk.distanceAt(timeMs).distance;
      const around = Array.from(
        { length: 25 },
        (_, index) => walk.distanceAt(timeMs + (index - 12) * 20).distance,
      );
      if (here === Math.min(...around) && timeMs - (landings.at(-1) ?? 0) > 400)
        landings.push(timeMs);
    }
    const strides = landings.slice(1).map((timeMs, index) => timeMs - (landings[index] as number));
    expect(strides.length).toBeGreaterThan(20);
    const meanMs = strides.reduce((left, right) => left + right, 0) / strides.length;
    expect(meanMs).toBeCloseTo(2_000 / walk.cadenceHz, -2);
    // 20 ms of sampling add up to 1 % of their own.
    expect(deviation(strides) / meanMs).toBeGreaterThan(0.002);
    expect(deviation(strides) / meanMs).toBeLessThan(0.04);
  });

  it('lets the phone feel the pull of the earth, at rest and on average', () => {
    for (const seed of SEEDS) {
      const walk = walkOf(seed);
      const still = timesOf(walk, 'balancing').map((timeMs) =>
        Math.hypot(...walk.accelerationAt(timeMs)),
      );
      expect(still.length).toBeGreaterThan(200);
      expect(Math.min(...still)).toBeGreaterThan(0.95);
      expect(Math.max(...still)).toBeLessThan(1.05);
      const steps = timesOf(walk, 'walking').map((timeMs) => walk.accelerationAt(timeMs)[1]);
      const mean = steps.reduce((left, right) => left + right, 0) / steps.length;
      expect(mean).toBeLessThan(-0.85);
      expect(mean).toBeGreaterThan(-1.02);
      expect(deviation(steps)).toBeGreaterThan(0.15);
      expect(deviation(steps)).toBeLessThan(0.4);
    }
  });

  it('keeps the foot in the sensor’s range, still while it stands, and out of range while nobody is there', () => {
    for (const seed of SEEDS) {
      const walk = walkOf(seed);
      const seen = (stage: WalkStage): number[] =>
        timesOf(walk, stage).map((timeMs) => walk.distanceAt(timeMs).distance);
      const walking = seen('walking');
      expect(Math.min(...walking)).toBeGreaterThan(100);
      expect(Math.max(...walking)).toBeLessThan(1_200);
      expect(Math.max(...walking) - Math.min(...walking)).toBeGreaterThan(600);
      expect(deviation(seen('balancing'))).toBeLessThan(4);
      for (let timeMs = START_MS; timeMs < START_MS + 120_000; timeMs += 250) {
        const isAway = walk.stageAt(timeMs) === 'away';
        expect(walk.distanceAt(timeMs).outOfRange).toBe(isAway);
        expect(walk.distanceAt(timeMs).distance === SENSOR_RANGE_MM).toBe(isAway);
      }
    }
  });

  it('comes to a stand smoothly', () => {
    const walk = walkOf(5);
    let previous = walk.distanceAt(START_MS).distance;
    let jump = 0;
    for (let timeMs = START_MS + 20; walk.stageAt(timeMs) !== 'away'; timeMs += 20) {
      const { distance } = walk.distanceAt(timeMs);
      jump = Math.max(jump, Math.abs(distance - previous));
      previous = distance;
    }
    // A foot that swings a step of 0.8 m in 0.4 s is at most at 3.5 m/s.
    expect(jump).toBeLessThan(85);
  });
});
