/**
 * The motion profile `step-test`: the exercise of the real app, as the published data shows it. A test takes a whole
 * number of seconds T from 61 to 120 and has 30 steps at `start + k · ⌊1000 · T / 30⌋` ms; at each step the trainer
 * measures one distance and the phone takes three samples, of which equal ones count once.
 */
import { drawInteger } from './random.ts';
import type { Random } from './random.ts';
import type { Acceleration, Moment, Session } from './session.ts';

/** Steps of one test. */
export const STEPS_PER_TEST = 30;
/** Longest test in ms. */
export const TEST_MS_MAX = 120_000;
const TEST_SECONDS = { min: 61, max: 120 };
const DISTANCE = { min: 201, max: 300 };
const SAMPLES_PER_STEP = 3;

/** One step, which both devices measure; x and y of its samples are in −1…1, z in −1…0. */
export interface Step extends Moment {
  readonly distance: number;
}

/** One test with its steps; `endMs` is the end of the exercise, after the last step. */
export interface StepTest extends Session {
  readonly steps: readonly Step[];
}

/** Draws the test that starts at `startMs`. */
export function drawStepTest(random: Random, startMs: number): StepTest {
  const seconds = drawInteger(random, TEST_SECONDS.min, TEST_SECONDS.max);
  const periodMs = Math.floor((1000 * seconds) / STEPS_PER_TEST);
  const steps: Step[] = [];
  for (let index = 0; index < STEPS_PER_TEST; index++) {
    steps.push({
      atMs: startMs + index * periodMs,
      distance: drawInteger(random, DISTANCE.min, DISTANCE.max),
      accelerations: drawAccelerations(random),
    });
  }
  return { startMs, endMs: startMs + seconds * 1000, steps };
}

function drawAccelerations(random: Random): Acceleration[] {
  const distinct: Acceleration[] = [];
  for (let sample = 0; sample < SAMPLES_PER_STEP; sample++) {
    const x = drawInteger(random, -1, 1);
    const y = drawInteger(random, -1, 1);
    const z = drawInteger(random, -1, 0);
    // Plain loops: a landing zone of a million people draws ninety million of these.
    if (!includes(distinct, x, y, z)) distinct.push([x, y, z]);
  }
  return distinct;
}

function includes(samples: readonly Acceleration[], x: number, y: number, z: number): boolean {
  for (const sample of samples) {
    if (sample[0] === x && sample[1] === y && sample[2] === z) return true;
  }
  return false;
}
