import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawChance, drawInteger, drawOne, drawUuid } from '../../../simulator/core/random.ts';
import { isSerialNumber } from '../../../firmware-protocol/index.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { scriptedRandom } from './scripted-random.ts';

const ALMOST_ONE = 1 - 2 ** -53;

describe('drawInteger', () => {
  it.each([
    [0, -1, 1, -1],
    [0.33, -1, 1, -1],
    [0.34, -1, 1, 0],
    [0.67, -1, 1, 1],
    [ALMOST_ONE, -1, 1, 1],
    [0, 5, 5, 5],
    [ALMOST_ONE, 5, 5, 5],
    [ALMOST_ONE, 0, 0xffff_ffff, 0xffff_ffff],
  ])('of a draw of %d between %d and %d is %d', (draw, min, max, expected) => {
    expect(drawInteger(scriptedRandom(draw), min, max)).toBe(expected);
  });

  it('stays within its bounds and is whole', () => {
    const unit = fc.double({ min: 0, max: ALMOST_ONE, noNaN: true });
    fc.assert(
      fc.property(unit, fc.integer(), fc.nat(1e6), (draw, min, span) => {
        const value = drawInteger(scriptedRandom(draw), min, min + span);
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(min + span);
      }),
    );
  });
});

describe('drawChance', () => {
  it.each([
    [0, 0, false],
    [0, 0.1, true],
    [0.5, 0.5, false],
    [0.4999, 0.5, true],
    [ALMOST_ONE, 1, true],
  ])('of a draw of %d with probability %d is %s', (draw, probability, expected) => {
    expect(drawChance(scriptedRandom(draw), probability)).toBe(expected);
  });
});

describe('drawOne', () => {
  it.each([
    [0, 'a'],
    [0.5, 'b'],
    [ALMOST_ONE, 'c'],
  ])('of a draw of %d is %s', (draw, expected) => {
    expect(drawOne(scriptedRandom(draw), ['a', 'b', 'c'])).toBe(expected);
  });
});

describe('drawUuid', () => {
  it('gives serial numbers of version 4 that differ', () => {
    const random = seededStreams(1)('uuid');
    const uuids = Array.from({ length: 1000 }, () => drawUuid(random));
    expect(uuids.every(isSerialNumber)).toBe(true);
    expect(uuids.every((uuid) => /^.{14}4.{4}[89ab]/.test(uuid))).toBe(true);
    expect(new Set(uuids).size).toBe(1000);
  });

  it('sets version and variant whatever is drawn', () => {
    expect(drawUuid(scriptedRandom(0))).toBe('00000000-0000-4000-8000-000000000000');
    expect(drawUuid(scriptedRandom(ALMOST_ONE))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  });
});
