import { describe, expect, it } from 'vitest';
import { dropBytes, duplicateBytes } from '../../../simulator/core/wire-faults-bytes.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { scriptedRandom } from './scripted-random.ts';

const LINE = '0123456789\r\n';
const many = (change: (line: string, random: ReturnType<typeof scriptedRandom>) => string) => {
  const random = seededStreams(1)('bytes');
  return Array.from({ length: 5_000 }, () => change(LINE, random));
};

describe('dropBytes', () => {
  it.each([
    ['at the start', [0, 0], '123456789\r\n'],
    ['in the middle', [0.25, 0.25], '0126789\r\n'],
    ['eight at most', [0, 0.999], '89\r\n'],
    ['the CR alone, which is legal', [10 / 12, 0], '0123456789\n'],
    ['the LF alone', [11 / 12, 0.999], '0123456789\r'],
  ])('%s', (_where, draws, left) => {
    expect(dropBytes(LINE, scriptedRandom(...draws))).toBe(left);
  });

  it('can leave nothing of a short line', () => {
    expect(dropBytes('a\r\n', scriptedRandom(0, 0.999))).toBe('');
  });

  it('takes one run of one to eight bytes out, wherever it lies', () => {
    const lengths = many(dropBytes).map((left) => LINE.length - left.length);
    expect(new Set(lengths)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
    const runs = Array.from({ length: LINE.length }, (_, from) => from).flatMap((from) =>
      Array.from({ length: 8 }, (_, more) => LINE.slice(0, from) + LINE.slice(from + more + 1)),
    );
    expect(new Set(many(dropBytes))).toEqual(new Set(runs));
  });
});

describe('duplicateBytes', () => {
  it.each([
    ['the whole line', [0.49], LINE + LINE],
    ['the first byte', [0.5, 0, 0], `0${LINE}`],
    ['three bytes in the middle', [0.5, 0.25, 0.25], '0123453456789\r\n'],
    ['the LF, which makes an empty line', [0.5, 11 / 12, 0], `${LINE}\n`],
  ])('%s', (_what, draws, bytes) => {
    expect(duplicateBytes(LINE, scriptedRandom(...draws))).toBe(bytes);
  });

  it('repeats the whole line as often as a part of it', () => {
    const whole = many(duplicateBytes).filter((bytes) => bytes === LINE + LINE).length;
    // Six standard deviations of a binomial count with n = 5,000 and p = 0.5.
    expect(Math.abs(whole - 2_500)).toBeLessThan(213);
  });
});
