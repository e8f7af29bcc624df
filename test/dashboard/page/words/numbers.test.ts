import { describe, expect, it } from 'vitest';
import {
  byteText,
  clockText,
  countText,
  millisText,
  rateText,
  shareText,
  shortCount,
  spanText,
} from '../../../../dashboard/page/words/numbers.ts';

describe('counts', () => {
  it.each([
    [0, '0'],
    [9_999, '9,999'],
    [12_345, '12.3 k'],
    [99_949, '99.9 k'],
    [141_591, '142 k'],
    [999_600, '1 M'],
    [4_560_000, '4.6 M'],
  ])('%i is %s in short', (count, text) => {
    expect(shortCount(count)).toBe(text);
  });

  it('are written out with their thousands apart', () => {
    expect(countText(141_591)).toBe('141,591');
  });

  it('of slow things keep a decimal', () => {
    expect([0.25, 9.94, 9.96, 2_500].map(rateText)).toEqual(['0.3', '9.9', '10', '2,500']);
  });

  it('of bytes have decimal units', () => {
    expect([999, 1_500, 8_400_000].map(byteText)).toEqual(['999 B', '1.5 kB', '8.4 MB']);
  });
});

describe('a share', () => {
  it.each([
    [0, 100, '0%'],
    [100, 100, '100%'],
    [43, 100, '43%'],
    [1, 100_000, 'less than 1%'],
    [99_999, 100_000, 'over 99%'],
    [0, 0, '0%'],
  ])('%i of %i is %s', (part, whole, text) => {
    expect(shareText(part, whole)).toBe(text);
  });
});

describe('times', () => {
  it('of the world are UTC', () => {
    expect(clockText(Date.UTC(2026, 10, 23, 14, 2, 11, 900))).toBe('14:02:11');
    expect(clockText(Number.NaN)).toBe('--:--:--');
  });

  it('that last are minutes and seconds, and never below nothing', () => {
    expect([245_999, 600_000, -5].map(spanText)).toEqual(['4:05', '10:00', '0:00']);
  });

  it('that are short are ms', () => {
    expect([12.4, 999, 1_280].map(millisText)).toEqual(['12 ms', '999 ms', '1.3 s']);
  });
});
