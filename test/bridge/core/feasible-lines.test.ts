import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorAt, findMiddleLine } from '../../../bridge/core/feasible-lines.ts';
import type { LinePoint, MiddleLine } from '../../../bridge/core/feasible-lines.ts';

const number = (limit: number): fc.Arbitrary<number> =>
  fc.double({ min: -limit, max: limit, noNaN: true });
const gaps = fc.array(
  fc.record({
    x: number(100),
    below: fc.double({ min: 0.01, max: 5, noNaN: true }),
    above: fc.double({ min: 0.01, max: 5, noNaN: true }),
  }),
  { minLength: 1, maxLength: 30 },
);

interface Strip {
  readonly lowers: readonly LinePoint[];
  readonly uppers: readonly LinePoint[];
}

/** Points below and above a line. */
function stripAround(
  line: { readonly height: number; readonly slope: number },
  drawn: readonly { readonly x: number; readonly below: number; readonly above: number }[],
): Strip {
  const heightAt = (x: number): number => line.height + line.slope * x;
  return {
    lowers: drawn.map(({ x, below }) => ({ x, y: heightAt(x) - below })),
    uppers: drawn.map(({ x, above }) => ({ x, y: heightAt(x) + above })),
  };
}

describe('the middle of all lines within bounds', () => {
  it('keeps to the bounds, and the right line is within the error that it tells', () => {
    fc.assert(
      fc.property(number(1000), number(1), gaps, number(200), (height, slope, drawn, later) => {
        const strip = stripAround({ height, slope }, drawn);
        const middle = findMiddleLine({ ...strip, slopeMax: 1 }) as MiddleLine;
        const heightAt = (x: number): number => middle.height + middle.slope * x;
        const rounding = 1e-6;
        for (const { x, y } of strip.lowers) expect(heightAt(x)).toBeGreaterThan(y - rounding);
        for (const { x, y } of strip.uppers) expect(heightAt(x)).toBeLessThan(y + rounding);
        expect(Math.abs(middle.slope)).toBeLessThanOrEqual(1 + rounding);
        const errorMs = Math.abs(heightAt(later) - (height + slope * later));
        expect(errorMs).toBeLessThanOrEqual(errorAt(middle, later) + rounding);
      }),
    );
  });

  it('is the middle of one gap, level when both directions are as likely', () => {
    const bounds = { lowers: [{ x: 0, y: 2 }], uppers: [{ x: 0, y: 6 }], slopeMax: 3 };
    const middle = findMiddleLine(bounds) as MiddleLine;
    expect(middle.height).toBeCloseTo(4);
    expect(middle.slope).toBeCloseTo(0);
    expect(errorAt(middle, 0)).toBeCloseTo(2);
    expect(errorAt(middle, 2)).toBeCloseTo(2 + 2 * 3);
    expect(errorAt(middle, -2)).toBeCloseTo(2 + 2 * 3);
  });

  it('follows two gaps that are far apart', () => {
    const bounds = {
      lowers: [
        { x: -10, y: 0 },
        { x: 0, y: 20 },
      ],
      uppers: [
        { x: -10, y: 1 },
        { x: 0, y: 21 },
      ],
      slopeMax: 5,
    };
    const middle = findMiddleLine(bounds) as MiddleLine;
    expect(middle.height).toBeCloseTo(20.5);
    expect(middle.slope).toBeCloseTo(2);
  });

  it('is level when no slope is allowed', () => {
    const bounds = { lowers: [{ x: 3, y: 2 }], uppers: [{ x: -7, y: 3 }], slopeMax: 0 };
    expect(findMiddleLine(bounds)).toMatchObject({ height: 2.5, slope: 0 });
  });

  it('is a point where bounds leave no room', () => {
    const bounds = { lowers: [{ x: 0, y: 2 }], uppers: [{ x: 0, y: 2 }], slopeMax: 0 };
    const middle = findMiddleLine(bounds) as MiddleLine;
    expect(middle.height).toBe(2);
    expect(errorAt(middle, 1000)).toBe(0);
  });

  it.each([
    ['a floor above the ceiling', [{ x: 0, y: 2 }], [{ x: 0, y: 1 }], 1],
    ['a slope that is too steep', [{ x: 1, y: 10 }], [{ x: 0, y: 1 }], 1],
  ])('does not exist with %s', (_what, lowers, uppers, slopeMax) => {
    expect(findMiddleLine({ lowers, uppers, slopeMax })).toBeUndefined();
  });
});
