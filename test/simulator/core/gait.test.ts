import { describe, expect, it } from 'vitest';
import {
  CADENCE_HZ,
  footTravel,
  gaitAcceleration,
  GAIT_HARMONICS,
  stepLengthMm,
} from '../../../simulator/core/gait.ts';
import type { GaitPhases } from '../../../simulator/core/gait.ts';

const PHASES: GaitPhases = {
  lateral: [0.1, 0.7, 0.3, 0.9, 0.2],
  vertical: [0.4, 0.1, 0.6, 0.8],
  forward: [0.5, 0.2, 0.9, 0.3, 0.6],
};
const STRIDE = Array.from({ length: 1_000 }, (_, index) => index / 1_000);

/** The amplitude of the wave that fits `count` times into a stride. */
function amplitude(values: readonly number[], count: number): number {
  let [cosine, sine] = [0, 0];
  for (const [index, value] of values.entries()) {
    const angle = (2 * Math.PI * count * index) / values.length;
    cosine += value * Math.cos(angle);
    sine += value * Math.sin(angle);
  }
  return (2 * Math.hypot(cosine, sine)) / values.length;
}

describe('the gait', () => {
  it('names as many phases as it has harmonics', () => {
    for (const direction of ['lateral', 'vertical', 'forward'] as const) {
      expect(PHASES[direction]).toHaveLength(GAIT_HARMONICS[direction]);
    }
  });

  it.each([
    [1.6, [0.2405, 0.06808, 0.05, 0.04264]],
    [2, [0.3885, 0.0716, 0.056, 0.0508]],
    [2.3, [0.4995, 0.07424, 0.0605, 0.05692]],
    [2.5, [0.5, 0.076, 0.0635, 0.061]],
  ])(
    'moves up and down once for each step: at %d Hz by the shares of the literature',
    (cadenceHz, shares) => {
      const vertical = STRIDE.map(
        (strides) => gaitAcceleration(strides, cadenceHz, PHASES).vertical,
      );
      for (const [index, share] of shares.entries()) {
        expect(amplitude(vertical, 2 * (index + 1))).toBeCloseTo(share, 9);
        expect(amplitude(vertical, 2 * index + 1)).toBeCloseTo(0, 9);
      }
    },
  );

  it('moves to the side once for each stride, and forward twice', () => {
    const stride = STRIDE.map((strides) => gaitAcceleration(strides, 2, PHASES));
    const lateral = [1, 2, 3, 4, 5].map((count) =>
      amplitude(
        stride.map((a) => a.lateral),
        count,
      ),
    );
    const forward = [1, 2, 3, 4, 5].map((count) =>
      amplitude(
        stride.map((a) => a.forward),
        count,
      ),
    );
    expect(lateral[0]).toBeCloseTo(0.039, 9);
    expect(forward[1]).toBeCloseTo(0.204, 9);
    expect(Math.max(...forward)).toBe(forward[1]);
  });

  it('repeats itself with each stride, and leaves the body where it is', () => {
    const [early, late] = [0.37, 12.37].map((strides) => gaitAcceleration(strides, 2, PHASES));
    expect(late?.vertical).toBeCloseTo(early?.vertical as number, 9);
    const sum = STRIDE.reduce(
      (total, strides) => total + gaitAcceleration(strides, 2, PHASES).vertical,
      0,
    );
    expect(sum / STRIDE.length).toBeCloseTo(0, 9);
  });

  it('has steps of a length that goes with the cadence', () => {
    expect(stepLengthMm(CADENCE_HZ.mean)).toBeCloseTo(776, 0);
    expect([stepLengthMm(CADENCE_HZ.min), stepLengthMm(CADENCE_HZ.max)].map(Math.round)).toEqual([
      624, 897,
    ]);
  });
});

describe('a foot', () => {
  it('goes back evenly for three fifths of a stride, and swings forward in the rest', () => {
    expect(
      [0, 0.3, 0.6, 0.8, 1, 1.3, -0.7].map(
        (strides) => Math.round(footTravel(strides) * 1_000) / 1_000,
      ),
    ).toEqual([0, 0.5, 1, 0.5, 0, 0.5, 0.5]);
  });

  it('never jumps', () => {
    const travel = [...STRIDE, 1, 1.001].map(footTravel);
    const jumps = travel
      .slice(1)
      .map((value, index) => Math.abs(value - (travel[index] as number)));
    expect(Math.max(...jumps)).toBeLessThan(0.005);
    expect(Math.min(...travel)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...travel)).toBeLessThanOrEqual(1);
  });
});
