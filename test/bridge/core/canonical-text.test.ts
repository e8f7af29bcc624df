import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endOfDecimal,
  endOfPlainText,
  endOfWhole,
  wholeValue,
} from '../../../bridge/core/canonical-text.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');
/** Whether all of a text is a number, in front of whatever may follow a number. */
const isNumber = (text: string, end = endOfDecimal): boolean =>
  ['', ',', ']', '}'].every((next) => end(bytesOf(text + next), 0) === text.length);

describe('endOfDecimal', () => {
  it.each(
    '0 1 -1 12 -907 999999999999999 0.5 -0.5 0.000001 0.000012 12.75 -1.001 0.30000000000001 123456789.123456'.split(
      ' ',
    ),
  )('takes %s', (text) => {
    expect(isNumber(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a sign', '-'],
    ['a sign too many', '--1'],
    ['a plus', '+1'],
    ['minus zero', '-0'],
    ['a leading zero', '01'],
    ['two zeros', '00'],
    ['no digit in front of the point', '.5'],
    ['no digit behind the point', '1.'],
    ['a zero at the end', '1.50'],
    ['zeros only', '1.0'],
    ['a zero with a fraction of zeros', '-0.0'],
    ['a number that JavaScript writes with an exponent', '0.0000001'],
    ['16 digits', '1234567890123456'],
    ['16 digits with a point', '1.234567890123456'],
    ['a word', 'NaN'],
  ])('leaves %s to others', (_what, text) => {
    expect(endOfDecimal(bytesOf(text), 0)).toBe(-1);
  });

  it('takes only what JSON.stringify would write', () => {
    const digits = fc.stringMatching(/^-?\d{0,17}\.?\d{0,17}$/);
    let taken = 0;
    fc.assert(
      fc.property(digits, (text) => {
        if (!isNumber(text)) return;
        taken++;
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 3_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it('takes every number of few digits that JSON.stringify writes without exponent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999_999, max: 999_999_999 }),
        fc.nat(6),
        (whole, places) => {
          const text = JSON.stringify(whole / 10 ** places);
          expect(isNumber(text)).toBe(!text.includes('e'));
        },
      ),
    );
  });
});

describe('endOfWhole', () => {
  it.each([
    ['0', 1],
    ['7', 1],
    ['65535', 5],
    ['999999999999999', 15],
    ['1234567890123456', -1],
    ['01', -1],
    ['-1', -1],
    ['', -1],
    ['x', -1],
    ['1.5', 1],
  ])('of %s is %d', (text, end) => {
    expect(endOfWhole(bytesOf(text), 0)).toBe(end);
  });

  it('gives the digits whose value wholeValue tells', () => {
    expect(wholeValue(bytesOf('a1655564444103,'), 1, 14)).toBe(1_655_564_444_103);
    expect(wholeValue(bytesOf('0'), 0, 1)).toBe(0);
  });
});

describe('endOfPlainText', () => {
  it.each([
    ['a', 1],
    ['Ana.Novak@mail.example', 22],
    [' ~', 2],
    ['', -1],
    ['a\\n', -1],
    ['a\x1f', -1],
    ['a\x7f', -1],
    ['\xc3\xa4', -1],
    ['x'.repeat(22), 22],
    ['x'.repeat(23), -1],
  ])('of %j is %d', (text, end) => {
    expect(endOfPlainText(bytesOf(`${text}"`), 0, 22)).toBe(end);
  });

  it('is none without a closing quote', () => {
    expect(endOfPlainText(bytesOf('abc'), 0, 22)).toBe(-1);
  });
});
