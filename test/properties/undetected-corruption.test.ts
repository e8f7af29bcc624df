/** Over a hundred thousand lines, many of them damaged: what the session lands was sent, and what was sent it lands. */
import { describe, expect, it } from 'vitest';
import { DIGITS_EXCHANGED, FORGED, HEALTHY, playCase, WIRE_CASES } from '../bench/wire-cases.ts';

const DAMAGED = 35_000;
const SEED = 2;

describe('damage to lines', () => {
  it.each(WIRE_CASES.map(({ name, share }) => [name, share] as const))(
    '%s: none of it lands, and nothing whole is refused',
    (name, share) => {
      const counts = playCase(name, Math.ceil(DAMAGED * share), SEED);
      expect(counts.damaged).toBeGreaterThan(20);
      expect(counts.landed).toBeGreaterThan(share * 1_000);
      expect(counts).toMatchObject({ landedDamaged: 0, landedAtWrongTime: 0, refusedWhole: 0 });
    },
  );

  it('digits for digits, which the grammar cannot see: none of it lands', () => {
    const counts = playCase(DIGITS_EXCHANGED.name, 20_000, SEED);
    expect(counts.damaged).toBeGreaterThanOrEqual(20_000);
    expect(counts).toMatchObject({ landedDamaged: 0, refusedWhole: 0 });
  });
});

describe('damage that has the right CRC', () => {
  /** The most that may land of it, as a share; the sequence of readings has to find the rest out. */
  const LANDS_MAX: Readonly<Record<string, number>> = {
    'forged garble': 0.01,
    'forged drop': 0.1,
    'forged duplicate': 0.04,
    'forged digits': 0.2,
  };

  it.each(FORGED.map(({ name }) => name))(
    '%s: most of it is found out all the same, and it takes few good readings along',
    (name) => {
      const counts = playCase(name, 3_000, SEED);
      expect(counts.crcPassed).toBeGreaterThan(2_000);
      expect(counts.landedDamaged / counts.crcPassed).toBeLessThan(LANDS_MAX[name] ?? 0);
      expect(counts.refusedDamaged).toBeGreaterThan(0);
      // What has landed wrongly costs the next right reading at most.
      expect(counts.refusedWhole).toBeLessThanOrEqual(counts.landedDamaged);
    },
  );
});

it('of 40,000 readings on a good line, with counters that wrap and a clock that drifts, all land', () => {
  const { whole, landed, refusedWhole, damaged } = playCase(HEALTHY, 40_000, SEED);
  expect(whole).toBeGreaterThan(39_000);
  expect({ landed, refusedWhole, damaged }).toEqual({ landed: whole, refusedWhole: 0, damaged: 0 });
});
