import { describe, expect, it } from 'vitest';
import { drawStepTest, STEPS_PER_TEST, TEST_MS_MAX } from '../../../simulator/core/step-test.ts';
import type { StepTest } from '../../../simulator/core/step-test.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { scriptedRandom } from './scripted-random.ts';
import { WORLD_START_MS } from './sample-world.ts';

const random = seededStreams(1)('step-test');
const TESTS = Array.from({ length: 1_000 }, (_, index) =>
  drawStepTest(random, WORLD_START_MS + index),
);
const STEPS = TESTS.flatMap((test) => test.steps);

const secondsOf = ({ startMs, endMs }: StepTest): number => (endMs - startMs) / 1000;
const distinct = (values: readonly number[]): number[] =>
  [...new Set(values)].toSorted((left, right) => left - right);
const from = (min: number, max: number): number[] =>
  Array.from({ length: max - min + 1 }, (_, index) => min + index);

describe('drawStepTest', () => {
  it('takes every whole number of seconds from 61 to 120, and no other', () => {
    expect(distinct(TESTS.map(secondsOf))).toEqual(from(61, 120));
    expect(Math.max(...TESTS.map(({ startMs, endMs }) => endMs - startMs))).toBe(TEST_MS_MAX);
  });

  it('has 30 steps at end − T + k · ⌊1000 T / 30⌋', () => {
    for (const test of TESTS) {
      const seconds = secondsOf(test);
      const times = from(0, 29).map(
        (k) => test.endMs - 1000 * seconds + k * Math.floor((1000 * seconds) / 30),
      );
      expect(test.steps.map(({ atMs }) => atMs)).toEqual(times);
      expect(test.steps).toHaveLength(STEPS_PER_TEST);
    }
  });

  it.each([
    [0, 61, 2_033],
    [0.5, 91, 3_033],
    [0.9999, 120, 4_000],
  ])('of a draw of %d takes %d s with a step each %d ms', (draw, seconds, periodMs) => {
    const test = drawStepTest(scriptedRandom(draw), 0);
    expect(secondsOf(test)).toBe(seconds);
    expect(test.steps[1]?.atMs).toBe(periodMs);
    expect(test.steps[29]?.atMs).toBe(29 * periodMs);
  });

  it('measures every whole distance from 201 to 300, each as often as another', () => {
    const distances = STEPS.map(({ distance }) => distance);
    expect(distinct(distances)).toEqual(from(201, 300));
    const mean = distances.reduce((sum, distance) => sum + distance) / distances.length;
    // Six standard errors of the mean of 30,000 draws, each with a standard deviation of 28.9.
    expect(Math.abs(mean - 250.5)).toBeLessThan(1);
  });

  it('reports x and y of −1…1 and z of −1…0, in all 18 combinations', () => {
    const seen = new Set(STEPS.flatMap(({ accelerations }) => accelerations.map(String)));
    const possible = [-1, 0, 1].flatMap((x) =>
      [-1, 0, 1].flatMap((y) => [-1, 0].map((z) => `${x},${y},${z}`)),
    );
    expect([...seen].toSorted()).toEqual(possible.toSorted());
  });

  it('keeps distinct samples: of three draws from 18, 18 · (1 − (17/18)³) on average', () => {
    const distinctRows = STEPS.map(({ accelerations }) => new Set(accelerations.map(String)).size);
    expect(distinctRows).toEqual(STEPS.map(({ accelerations }) => accelerations.length));
    expect(distinct(distinctRows)).toEqual([1, 2, 3]);
    const rows = STEPS.reduce((sum, { accelerations }) => sum + accelerations.length, 0);
    // Six standard errors of the mean of 30,000 steps.
    expect(Math.abs(rows / STEPS.length - 18 * (1 - (17 / 18) ** 3))).toBeLessThan(0.015);
  });
});
