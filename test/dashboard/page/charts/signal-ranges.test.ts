import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apart,
  gapsIn,
  rangeAround,
  windowSeconds,
} from '../../../../dashboard/page/charts/signal-ranges.ts';

it('shows more time of a faster world, within limits', () => {
  expect([0, 0.5, 1, 2, 10].map(windowSeconds)).toEqual([10, 10, 10, 20, 40]);
});

describe('a range', () => {
  it('stays as it began while everything fits', () => {
    const range = rangeAround(-1.5, 1.5);
    expect(range(undefined, null, null)).toEqual([-1.5, 1.5]);
    expect(range(undefined, -0.2, 1.4)).toEqual([-1.5, 1.5]);
  });

  it('grows in steps, and shrinks only when it is far too large', () => {
    const range = rangeAround(0, 400);
    expect(range(undefined, 0, 520)).toEqual([0, 600]);
    expect(range(undefined, 0, 380)).toEqual([0, 600]);
    expect(range(undefined, 0, 2_000)).toEqual([0, 2_000]);
    expect(range(undefined, 0, 380)).toEqual([0, 400]);
  });
});

describe('gaps', () => {
  it('lie between neighbours that are far apart', () => {
    expect(gapsIn([0, 0.02, 1, 1.02], 0, 3, 0.5)).toEqual([[0.02, 1]]);
  });

  it('are looked for between the given indices only', () => {
    expect(gapsIn([0, 5, 10], 1, 1, 0.5)).toEqual([]);
  });
});

describe('names at the ends of lines', () => {
  it('stay where there is room', () => {
    expect(apart([50, 10, 90], 13)).toEqual([50, 10, 90]);
  });

  it('are never nearer than asked for, and keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 6 }), (places) => {
        const moved = apart(places, 13).toSorted((a, b) => a - b);
        moved.slice(1).forEach((place, index) => {
          expect(place - (moved[index] ?? 0)).toBeGreaterThanOrEqual(13);
        });
      }),
    );
  });
});
