import { drawInteger } from './random.ts';
import type { Random } from './random.ts';
import type { SensedDistance, Sensor } from './sensor.ts';
import { drawStepTest } from './step-test.ts';
import type { Step, StepTest } from './step-test.ts';

/** How long somebody rests between two tests. */
const PAUSE_MS = { min: 10_000, max: 30_000 };
/** How many tests are remembered: the last one, and the one before. */
const TESTS_KEPT = 2;

/**
 * The motion profile `step-test`, again and again: a test of 30 steps, a rest, the next test. The same draws give the
 * same steps. Times may be asked for in any order as long as they do not go back by more than one test.
 */
export class RepeatedStepTests implements Sensor {
  readonly #random: Random;
  #tests: readonly StepTest[] = [];

  /** The first test begins at `startMs`. */
  constructor(random: Random, startMs: number) {
    this.#random = random;
    this.#tests = [drawStepTest(random, startMs)];
  }

  nextStepMs(notBeforeMs: number): number {
    for (;;) {
      const next = this.#steps().find(({ atMs }) => atMs >= notBeforeMs);
      if (next !== undefined) return next.atMs;
      this.#drawNext();
    }
  }

  /** The distance of the last step that was made by then; before the first step, that of the first. */
  distanceAt(timeMs: number): SensedDistance {
    this.nextStepMs(timeMs);
    const steps = this.#steps();
    const last = steps.findLast(({ atMs }) => atMs <= timeMs) ?? (steps[0] as Step);
    return { distance: last.distance, outOfRange: false };
  }

  #steps(): Step[] {
    return this.#tests.flatMap(({ steps }) => [...steps]);
  }

  #drawNext(): void {
    const { endMs } = this.#tests.at(-1) as StepTest;
    const startMs = endMs + drawInteger(this.#random, PAUSE_MS.min, PAUSE_MS.max);
    this.#tests = [...this.#tests, drawStepTest(this.#random, startMs)].slice(-TESTS_KEPT);
  }
}
