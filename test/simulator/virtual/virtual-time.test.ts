import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Timers } from '../../../simulator/core/timers.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const NO_LIMIT = Number.POSITIVE_INFINITY;

describe('VirtualTime', () => {
  it('runs actions in the order of time, and stands at the time of each', () => {
    const time = new VirtualTime(1000);
    const seen: number[] = [];
    for (const atMs of [1300, 1100.25, 1200]) time.at(atMs, () => seen.push(time.now()));
    expect(time.now()).toBe(1000);
    expect(time.run(2000, NO_LIMIT)).toBe(false);
    expect(seen).toEqual([1100.25, 1200, 1300]);
    expect(time.now()).toBe(1300);
  });

  it('tells when the first action is due', () => {
    const time = new VirtualTime(0);
    expect(time.nextMs()).toBeUndefined();
    for (const atMs of [30, 10.5, 20]) time.at(atMs, () => undefined);
    expect(time.nextMs()).toBe(10.5);
    time.run(20, NO_LIMIT);
    expect(time.nextMs()).toBe(30);
  });

  it('runs actions of one moment in the order in which they were scheduled', () => {
    const time = new VirtualTime(0);
    const seen: number[] = [];
    for (let index = 0; index < 100; index++) time.at(5, () => seen.push(index));
    time.run(5, NO_LIMIT);
    expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it('takes a time in the past for now, behind what is due now already', () => {
    const time = new VirtualTime(100);
    const seen: string[] = [];
    time.at(200, () => {
      time.at(200, () => seen.push(`due at ${time.now()}`));
      time.at(50, () => seen.push(`late at ${time.now()}`));
      time.at(201, () => seen.push(`next at ${time.now()}`));
    });
    time.run(300, NO_LIMIT);
    expect(seen).toEqual(['due at 200', 'late at 200', 'next at 201']);
  });

  it('leaves what is due later for another run', () => {
    const time = new VirtualTime(0);
    const seen: number[] = [];
    for (const atMs of [10, 20, 30]) time.at(atMs, () => seen.push(atMs));
    expect(time.run(20, NO_LIMIT)).toBe(false);
    expect(seen).toEqual([10, 20]);
    expect(time.run(30, NO_LIMIT)).toBe(false);
    expect(seen).toEqual([10, 20, 30]);
  });

  it.each([
    [0, true],
    [2, true],
    [3, false],
    [4, false],
  ])('after at most %d of three actions, something is left to do: %s', (limit, isLeft) => {
    const time = new VirtualTime(0);
    let count = 0;
    for (const atMs of [1, 2, 3, 99]) time.at(atMs, () => count++);
    expect(time.run(3, limit)).toBe(isLeft);
    expect(count).toBe(Math.min(3, limit));
  });

  it('does the same as a sorted list, whatever is scheduled when', () => {
    const delayMs = fc.oneof(
      fc.integer({ min: -5, max: 10 }),
      fc.double({ min: 0, max: 5, noNaN: true }),
    );
    const entries = fc.array(fc.record({ delayMs, followers: fc.nat(3) }), { maxLength: 120 });
    fc.assert(
      fc.property(entries, fc.nat(60), (all, atStart) => {
        const heap = new VirtualTime(0);
        const onHeap = play(all, atStart, heap);
        while (heap.run(NO_LIMIT, 7));
        const list = new SortedList();
        const onList = play(all, atStart, list);
        list.run();
        expect(onHeap).toEqual(onList);
        expect(onHeap.length).toBeGreaterThanOrEqual(Math.min(atStart, all.length));
      }),
      { numRuns: 300 },
    );
  });
});

interface Entry {
  readonly delayMs: number;
  /** How many of the next entries this one schedules when it runs, so that scheduling and running alternate. */
  readonly followers: number;
}

function play(entries: readonly Entry[], atStart: number, timers: Timers): [number, number][] {
  const ran: [entry: number, atMs: number][] = [];
  let next = 0;
  const schedule = (count: number): void => {
    for (const end = Math.min(next + count, entries.length); next < end;) {
      const index = next++;
      const { delayMs, followers } = entries[index] as Entry;
      timers.at(timers.now() + delayMs, () => {
        ran.push([index, timers.now()]);
        schedule(followers);
      });
    }
  };
  schedule(atStart);
  return ran;
}

/** What VirtualTime must do, in the simplest form. */
class SortedList implements Timers {
  #nowMs = 0;
  #waiting: { readonly timeMs: number; readonly action: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  at(timeMs: number, action: () => void): void {
    this.#waiting.push({ timeMs: Math.max(timeMs, this.#nowMs), action });
    // Sorting is stable: equal times stay in the order in which they were scheduled.
    this.#waiting.sort((left, right) => left.timeMs - right.timeMs);
  }

  run(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#nowMs = next.timeMs;
      next.action();
    }
  }
}
