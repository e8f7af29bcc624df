import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SampleWindow } from '../../../../dashboard/page/live/sample-window.ts';

function timesSince(window: SampleWindow, from: number): number[] {
  return [...(window.since(from)[0] ?? [])];
}

it('gives what is newer, and the sample before, so that the line enters from beyond the edge', () => {
  const window = new SampleWindow(2, 10);
  for (const time of [1, 2, 3, 4]) window.push([time, 10 * time]);
  expect(timesSince(window, 2.5)).toEqual([2, 3, 4]);
  expect([...(window.since(2.5)[1] ?? [])]).toEqual([20, 30, 40]);
  expect(window.last()).toEqual([4, 40]);
});

it('leaves out what is not later than the last, or has no time', () => {
  const window = new SampleWindow(1, 10);
  for (const time of [5, 5, 4, Number.NaN, 6]) window.push([time]);
  expect(timesSince(window, 0)).toEqual([5, 6]);
});

it('forgets everything', () => {
  const window = new SampleWindow(1, 10);
  window.push([5]);
  window.clear();
  expect(window.last()).toBeUndefined();
  window.push([1]);
  expect(timesSince(window, 0)).toEqual([1]);
});

it('holds at least its capacity and at most twice as much, however long it runs', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(60), (capacity, count) => {
      const window = new SampleWindow(1, capacity);
      for (let time = 1; time <= count; time += 1) window.push([time]);
      expect(window.length).toBeGreaterThanOrEqual(Math.min(capacity, count));
      expect(window.length).toBeLessThanOrEqual(2 * capacity);
      const held = timesSince(window, 0);
      expect(held).toEqual(
        Array.from({ length: held.length }, (_, at) => count - held.length + at + 1),
      );
    }),
  );
});
