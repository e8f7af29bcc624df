import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reduceList, reduceRange } from '../../../scenarios/shrink/delta-debug.ts';

const items = Array.from({ length: 100 }, (_, index) => index);

describe('a list', () => {
  test('is reduced to what is needed, wherever that stands', async () => {
    const needed = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(needed, async (wanted) => {
        const fails = (rest: readonly number[]): Promise<boolean> =>
          Promise.resolve(wanted.every((item) => rest.includes(item)));
        expect(await reduceList(items, fails)).toEqual(wanted.toSorted((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });

  test('keeps nothing that could be left out, where one of several is enough', async () => {
    const fails = (rest: readonly number[]): Promise<boolean> =>
      Promise.resolve(rest.filter((item) => item % 10 === 3).length >= 2);
    const rest = await reduceList(items, fails);
    expect(rest).toHaveLength(2);
    expect(await fails(rest)).toBe(true);
  });

  test('of which all is needed stays as it is', async () => {
    const fails = (rest: readonly number[]): Promise<boolean> => Promise.resolve(rest.length === 8);
    expect(await reduceList(items.slice(0, 8), fails)).toEqual(items.slice(0, 8));
  });

  test('of a thousand items takes few tries when one is needed', async () => {
    let tries = 0;
    const thousand = Array.from({ length: 1_000 }, (_, index) => index);
    const rest = await reduceList(thousand, (part) => {
      tries++;
      return Promise.resolve(part.includes(617));
    });
    expect(rest).toEqual([617]);
    expect(tries).toBeLessThan(25);
  });
});

describe('a range', () => {
  test('is reduced to its needed part', async () => {
    const ends = fc.tuple(fc.integer({ min: 0, max: 29 }), fc.integer({ min: 0, max: 29 }));
    await fc.assert(
      fc.asyncProperty(ends, async ([left, right]) => {
        const needed = { first: Math.min(left, right), last: Math.max(left, right) };
        const fails = ({ first, last }: { first: number; last: number }): Promise<boolean> =>
          Promise.resolve(first <= needed.first && last >= needed.last);
        expect(await reduceRange({ first: 0, last: 29 }, fails)).toEqual(needed);
      }),
    );
  });
});
