import { describe, expect, it } from 'vitest';
import {
  cutLine,
  endWithCarriageReturn,
  mergeLine,
} from '../../../simulator/core/wire-faults-line-ends.ts';
import { scriptedRandom } from './scripted-random.ts';

const LINE = '0123456789\r\n';

describe('mergeLine', () => {
  it.each([
    [LINE, 0.49, '0123456789'],
    [LINE, 0.5, '0123456789\r'],
    [`${LINE}${LINE}`, 0, `${LINE}0123456789`],
    ['012', 0, '012'],
    ['012\r', 0.5, '012\r'],
  ])('makes %j with the draw %d to %j', (line, draw, left) => {
    expect(mergeLine(line, scriptedRandom(draw))).toBe(left);
  });
});

describe('cutLine', () => {
  it.each([
    [LINE, 0, '0'],
    [LINE, 0.5, '01234'],
    [LINE, 0.999, '012345678'],
    ['a\r\n', 0.999, 'a'],
    ['a', 0, 'a'],
  ])('cuts %j with the draw %d to %j', (line, draw, left) => {
    expect(cutLine(line, scriptedRandom(draw))).toBe(left);
  });
});

describe('endWithCarriageReturn', () => {
  it.each([
    [LINE, '0123456789\r'],
    ['01', '01'],
    ['01\n', '01\n'],
    ['0\r\n1\r\n', '0\r1\r'],
  ])('makes %j to %j', (line, left) => {
    expect(endWithCarriageReturn(line)).toBe(left);
  });
});
