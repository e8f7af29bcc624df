import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  gather,
  reduceAmount,
  reduceList,
  reduceRange,
} from '../../../scenarios/shrink/delta-debug.ts';
import type { Range } from '../../../scenarios/shrink/delta-debug.ts';
import { finder } from './trial-runs.ts';

const items = Array.from({ length: 100 }, (_, index) => index);

describe('a list', () => {
  test('is reduced to what is needed, wherever that stands', async () => {
    const needed = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(needed, async (wanted) => {
        const find = finder<readonly number[]>((rest) =>
          wanted.every((item) => rest.includes(item)),
        );
        expect(await reduceList(items, find)).toEqual(wanted.toSorted((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });

  test('keeps nothing that could be left out, whatever fails', async () => {
    // Any set of subsets may fail, also one of which larger ones pass.
    const small = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 7 - 2 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(small, async (failing) => {
        const all = items.slice(0, 7);
        const maskOf = (rest: readonly number[]): number =>
          rest.reduce((mask, item) => mask | (1 << item), 0);
        const fails = (rest: readonly number[]): boolean =>
          rest.length === all.length || failing.includes(maskOf(rest));
        const left = await reduceList(all, finder(fails));
        expect(fails(left)).toBe(true);
        for (const item of left) expect(fails(left.filter((other) => other !== item))).toBe(false);
      }),
    );
  });

  test('of which all is needed stays as it is', async () => {
    const find = finder<readonly number[]>((rest) => rest.length === 8);
    expect(await reduceList(items.slice(0, 8), find)).toEqual(items.slice(0, 8));
  });

  test('of a thousand items takes few tries when one is needed', async () => {
    const thousand = Array.from({ length: 1_000 }, (_, index) => index);
    const tried: (readonly number[])[] = [];
    const find = finder<readonly number[]>((part) => part.includes(617), tried);
    expect(await reduceList(thousand, find)).toEqual([617]);
    expect(tried.length).toBeLessThan(25);
  });
});

describe('items that are needed together', () => {
  test('are gathered from the likely one on, whatever else is needed', async () => {
    const needed = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(needed, async (wanted) => {
        const find = finder<readonly number[]>((some) =>
          [0, ...wanted].every((item) => some.includes(item)),
        );
        const gathered = await gather({ likely: [0], others: items.slice(1) }, find);
        expect(gathered.toSorted((a, b) => a - b)).toEqual([
          0,
          ...wanted.toSorted((a, b) => a - b),
        ]);
      }),
      { numRuns: 50 },
    );
  });

  test('are found in few tries, none of them large, where they stand in front', async () => {
    const others = Array.from({ length: 999 }, (_, index) => index + 1);
    const tried: (readonly number[])[] = [];
    const find = finder<readonly number[]>((some) => some.includes(0) && some.includes(11), tried);
    expect(await gather({ likely: [0], others }, find)).toEqual([0, 11]);
    expect(tried.length).toBeLessThan(12);
    expect(Math.max(...tried.map(({ length }) => length))).toBe(17);
  });
});

test('a range is reduced to its needed part', async () => {
  const ends = fc.tuple(fc.integer({ min: 0, max: 29 }), fc.integer({ min: 0, max: 29 }));
  await fc.assert(
    fc.asyncProperty(ends, async ([left, right]) => {
      const needed = { first: Math.min(left, right), last: Math.max(left, right) };
      const find = finder<Range>(({ first, last }) => first <= needed.first && last >= needed.last);
      expect(await reduceRange({ first: 0, last: 29 }, find)).toEqual(needed);
    }),
  );
});

describe('an amount', () => {
  test('is lowered until a step less, or a tenth less, would pass', async () => {
    const amounts = fc.tuple(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1, max: 1_000 }),
    );
    await fc.assert(
      fc.asyncProperty(amounts, async ([one, other]) => {
        const [needed, most] = [Math.min(one, other), Math.max(one, other)];
        const tried: number[] = [];
        const find = finder<number>((amount) => amount >= needed, tried);
        const left = await reduceAmount({ least: 1, most, step: 1 }, find);
        expect(left).toBeGreaterThanOrEqual(needed);
        expect(left - needed).toBeLessThan(Math.max(1, left / 10));
        expect(tried.length).toBeLessThan(12);
      }),
    );
  });

  test('may be in fractions', async () => {
    const find = finder<number>((amount) => amount >= 0.15);
    const left = await reduceAmount({ least: 0.1, most: 2, step: 0.1 }, find);
    expect(left).toBeCloseTo(0.2, 5);
  });

  test('of which less makes no sense stays as it is', async () => {
    const tried: number[] = [];
    const left = await reduceAmount(
      { least: 1, most: 1, step: 1 },
      finder(() => true, tried),
    );
    expect([left, tried]).toEqual([1, []]);
  });
});
