import { describe, expect, it } from 'vitest';
import { RepeatedStepTests } from '../../../simulator/core/repeated-step-tests.ts';
import { drawStepTest } from '../../../simulator/core/step-test.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const START_MS = 1_655_564_400_000;

function begin(seed = 1): RepeatedStepTests {
  return new RepeatedStepTests(seededStreams(seed)('steps'), START_MS);
}

/** The first steps, as a trainer at a high rate would see them. */
function stepsOf(tests: RepeatedStepTests, count: number): { atMs: number; distance: number }[] {
  const steps = [];
  for (let atMs = START_MS - 1; steps.length < count;) {
    atMs = tests.nextStepMs(atMs + 1);
    steps.push({ atMs, distance: tests.distanceAt(atMs).distance });
  }
  return steps;
}

describe('step tests one after the other', () => {
  it('begin with the test that the profile draws', () => {
    const test = drawStepTest(seededStreams(1)('steps'), START_MS);
    expect(stepsOf(begin(), 30)).toEqual(
      test.steps.map(({ atMs, distance }) => ({ atMs, distance })),
    );
  });

  it('have 30 steps each, two to four seconds apart, and a rest in between', () => {
    const steps = stepsOf(begin(), 300);
    const gaps = steps.slice(1).map(({ atMs }, index) => atMs - (steps[index]?.atMs as number));
    const rests = gaps.flatMap((gapMs, index) => (gapMs > 4_000 ? [index + 1] : []));
    expect(rests).toEqual([30, 60, 90, 120, 150, 180, 210, 240, 270]);
    expect(gaps.every((gapMs) => gapMs >= 2_033)).toBe(true);
    expect(
      gaps.filter((gapMs) => gapMs > 4_000).every((gapMs) => gapMs >= 12_000 && gapMs <= 34_000),
    ).toBe(true);
    expect(steps.every(({ distance }) => distance >= 201 && distance <= 300)).toBe(true);
  });

  it('are the same for whoever looks later, or less often', () => {
    const all = stepsOf(begin(), 200);
    const late = begin();
    const from = all[150]?.atMs as number;
    expect(late.nextStepMs(from - 1)).toBe(from);
    expect(late.distanceAt(from).distance).toBe(all[150]?.distance);
    expect(stepsOf(begin(2), 30)).not.toEqual(all.slice(0, 30));
  });

  it('keep the last distance until the next step, also for somebody who looks back a little', () => {
    const tests = begin();
    const [first, second] = stepsOf(begin(), 2) as [
      { atMs: number; distance: number },
      { atMs: number; distance: number },
    ];
    expect(tests.nextStepMs(first.atMs + 120_000)).toBeGreaterThan(second.atMs);
    expect(tests.distanceAt(second.atMs - 1)).toEqual({
      distance: first.distance,
      outOfRange: false,
    });
    expect(tests.distanceAt(second.atMs)).toEqual({ distance: second.distance, outOfRange: false });
    expect(tests.distanceAt(START_MS - 1).distance).toBe(first.distance);
  });
});
