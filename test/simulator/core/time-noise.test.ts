import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noiseAt } from '../../../simulator/core/time-noise.ts';

const START_MS = 1_655_564_400_000;

function mean(values: readonly number[]): number {
  return values.reduce((left, right) => left + right, 0) / values.length;
}

/** The correlation of two series of equal length, −1…1. */
function correlation(left: readonly number[], right: readonly number[]): number {
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  const product = (a: readonly number[], b: readonly number[], ma: number, mb: number): number =>
    mean(a.map((value, index) => (value - ma) * ((b[index] as number) - mb)));
  return (
    product(left, right, meanLeft, meanRight) /
    Math.sqrt(product(left, left, meanLeft, meanLeft) * product(right, right, meanRight, meanRight))
  );
}

const SERIES = Array.from({ length: 20_000 }, (_, index) => noiseAt(7, START_MS + index));

describe('noise at a time', () => {
  it('is the same whenever it is asked for, and bounded', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), fc.maxSafeNat(), (seed, timeMs) => {
        const noise = noiseAt(seed, timeMs);
        expect(noiseAt(seed, timeMs)).toBe(noise);
        expect(Math.abs(noise)).toBeLessThan(3.5);
      }),
    );
  });

  it('has mean 0 and deviation 1, and is spread like a normal distribution', () => {
    // Six standard errors.
    expect(Math.abs(mean(SERIES))).toBeLessThan(6 / Math.sqrt(SERIES.length));
    expect(mean(SERIES.map((noise) => noise ** 2))).toBeCloseTo(1, 1);
    const within = SERIES.filter((noise) => Math.abs(noise) < 1).length / SERIES.length;
    expect(within).toBeGreaterThan(0.63);
    expect(within).toBeLessThan(0.7);
  });

  it('says nothing about the next ms, the next 20 ms, or another seed', () => {
    const others = [
      ...[1, 20, 2 ** 32].map((lagMs) =>
        SERIES.map((_, index) => noiseAt(7, START_MS + index + lagMs)),
      ),
      ...[6, 8, 7 ^ 0x8000_0000].map((seed) =>
        SERIES.map((_, index) => noiseAt(seed, START_MS + index)),
      ),
    ];
    for (const other of others) expect(Math.abs(correlation(SERIES, other))).toBeLessThan(0.05);
  });
});
