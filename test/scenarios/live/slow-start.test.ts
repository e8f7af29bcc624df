import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { beginSlowly } from '../../../scenarios/live/slow-start.ts';
import type { SlowStarter } from '../../../scenarios/live/slow-start.ts';

const START_MS = 1_000_000;

/** A run whose clock is set by the test. */
class Run implements SlowStarter {
  speed: number;
  atMs = START_MS;
  areTrainersStarted = false;
  readonly world: SlowStarter['world'];

  constructor(speed: number, firstExerciseMs?: number) {
    this.speed = speed;
    const sessions = firstExerciseMs === undefined ? [] : [{ startMs: firstExerciseMs }];
    this.world = {
      spec: { startMs: START_MS },
      people: [{ sessions }],
    } as unknown as SlowStarter['world'];
  }

  setSpeed(speed: number): void {
    this.speed = speed;
  }
}

describe('a slow start', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('ends when all trainers are started', () => {
    const run = new Run(20, START_MS + 16_000);
    beginSlowly(run);
    expect(run.speed).toBe(2);
    vi.advanceTimersByTime(100);
    expect(run.speed).toBe(2);
    run.areTrainersStarted = true;
    vi.advanceTimersByTime(20);
    expect(run.speed).toBe(20);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('ends when the first exercise begins, whatever trainers do', () => {
    const run = new Run(20, START_MS + 16_000);
    beginSlowly(run);
    run.atMs = START_MS + 7_999;
    vi.advanceTimersByTime(20);
    expect(run.speed).toBe(2);
    run.atMs = START_MS + 15_999;
    vi.advanceTimersByTime(20);
    expect(run.speed).toBe(0.5);
    run.atMs = START_MS + 16_000;
    vi.advanceTimersByTime(20);
    expect(run.speed).toBe(20);
  });

  test('takes no longer than half a minute of the world where nobody exercises', () => {
    const run = new Run(20);
    beginSlowly(run);
    run.atMs = START_MS + 30_000;
    vi.advanceTimersByTime(20);
    expect(run.speed).toBe(20);
  });

  test('is none in a world that is slow enough, and leaves no timer once it is ended', () => {
    const slow = new Run(2);
    beginSlowly(slow);
    expect(slow.speed).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
    beginSlowly(new Run(20))();
    expect(vi.getTimerCount()).toBe(0);
  });
});
