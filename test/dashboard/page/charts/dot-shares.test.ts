import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dotShares } from '../../../../dashboard/page/charts/dot-shares.ts';

it('gives dots by the largest remainders', () => {
  expect(dotShares([57, 43], 100)).toEqual([57, 43]);
  expect(dotShares([1, 1, 1], 100)).toEqual([34, 33, 33]);
});

it('gives no dots when there is nothing', () => {
  expect(dotShares([0, 0], 100)).toEqual([0, 0]);
});

it('shows one of a million', () => {
  expect(dotShares([999_999, 1, 0], 100)).toEqual([99, 1, 0]);
});

it('always adds up, and never hides what is there nor shows what is not', () => {
  const parts = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(parts, (counts) => {
      const shares = dotShares(counts, 100);
      const isEmpty = counts.every((count) => count === 0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(isEmpty ? 0 : 100);
      shares.forEach((share, index) => {
        expect(share > 0).toBe((counts[index] ?? 0) > 0);
      });
    }),
  );
});
