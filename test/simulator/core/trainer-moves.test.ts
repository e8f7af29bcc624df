import { describe, expect, it } from 'vitest';
import { moveReason, swapPartner } from '../../../simulator/core/trainer-moves.ts';

const MOVES = { returns: 2, swaps: 2, told: { returns: true, swaps: false } };

describe('households that get another trainer', () => {
  it('are first those who send theirs back, then pairs who exchange them', () => {
    const reasons = Array.from({ length: 7 }, (_, station) => moveReason(MOVES, station));
    expect(reasons).toEqual(['return', 'return', 'swap', 'swap', 'swap', 'swap', undefined]);
    const partners = Array.from({ length: 7 }, (_, station) => swapPartner(MOVES, station));
    expect(partners).toEqual([undefined, undefined, 3, 2, 5, 4, undefined]);
  });

  it('pair up from the first one on when nobody sends a trainer back', () => {
    const swaps = { ...MOVES, returns: 0 };
    expect([0, 1, 2, 3, 4].map((station) => swapPartner(swaps, station))).toEqual([
      1,
      0,
      3,
      2,
      undefined,
    ]);
  });

  it('are none in a world in which nothing moves', () => {
    expect(moveReason(undefined, 0)).toBeUndefined();
    expect(swapPartner(undefined, 0)).toBeUndefined();
  });
});
