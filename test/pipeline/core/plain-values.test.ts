import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TABLES } from '../../../pipeline/core/catalog.ts';
import type { Column } from '../../../pipeline/core/catalog.ts';
import { PlainColumn } from '../../../pipeline/core/plain-columns.ts';
import { readDate, readDecimal, readText, readWhole } from '../../../pipeline/core/plain-values.ts';

const [USER, TIME, X] = TABLES.accelerometer_landing.columns as [Column, Column, Column];

/** The number that was read, if the value ends where the text does. */
function numberIn(read: typeof readDate, text: string): number | undefined {
  const column = new PlainColumn(X);
  const end = read(memoryOf(text), 1, column, 0);
  return end === text.length + 1 ? column.numbers[0] : undefined;
}

function memoryOf(text: string): { readonly bytes: Uint8Array; readonly view: DataView } {
  // One byte in front, so that words do not lie at even addresses.
  const bytes = Buffer.concat([Buffer.from(` ${text}`), Buffer.from(`,${'7'.repeat(15)}\n`)]);
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));
const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...DIGITS), minLength, maxLength });
const whole = fc.oneof(
  fc.constant('0'),
  fc.tuple(fc.integer({ min: 1, max: 9 }), digits(0, 14)).map((parts) => parts.join('')),
);

describe('a plain decimal', () => {
  it('is the double that JSON says, without −0', () => {
    const decimal = fc
      .tuple(
        fc.constantFrom('', '-'),
        whole,
        fc.oneof(
          fc.constant(''),
          digits(1, 17).map((some) => `.${some}`),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(decimal, (text) => {
        expect(numberIn(readDecimal, text)).toBe((JSON.parse(text) as number) + 0);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    '-0',
    '-0.0',
    '0.00000000000000001',
    '9.007199254740991',
    '9.007199254740992',
    '9.007199254740993',
    '90071992547409.93',
    '999999999999999.99999999999999999',
    '0.1',
    '0.3',
    '123456789012345.6',
  ])('is exact: %s', (text) => {
    expect(numberIn(readDecimal, text)).toBe(JSON.parse(text) === 0 ? 0 : JSON.parse(text));
  });

  it.each(['', '-', '01', '1.', '.5', '1e3', '+1', '1234567890123456', '0.123456789012345678'])(
    'is not %j',
    (text) => {
      expect(numberIn(readDecimal, text)).toBeUndefined();
    },
  );
});

it('whole numbers and dates are those that JSON says', () => {
  const zeros = fc
    .integer({ min: 0, max: 9 })
    .map((count) => (count === 0 ? '' : `.${'0'.repeat(count)}`));
  fc.assert(
    fc.property(whole, zeros, (digits, end) => {
      expect(numberIn(readWhole, digits + end)).toBe(Number(digits));
      const negative = digits === '0' ? undefined : -Number(digits);
      expect(numberIn(readWhole, `-${digits}${end}`)).toBe(negative);
      const isDate = digits.length <= 14;
      expect(numberIn(readDate, digits + end)).toBe(isDate ? Number(digits) : undefined);
    }),
  );
});

it.each(['', '-', '-0', '00', '01', '1.', '1.5', '1234567890123456', '1.0000000000'])(
  'a whole number is not %j, nor is a date',
  (text) => {
    expect(numberIn(readWhole, text)).toBeUndefined();
    expect(numberIn(readDate, text)).toBeUndefined();
    expect(new PlainColumn(TIME).numbers[0]).toBe(0);
  },
);

it('texts end at their quote and are kept as their bytes', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', 'é', '😀', '\u007f'),
    maxLength: 20,
  });
  fc.assert(
    fc.property(text, (given) => {
      const column = new PlainColumn(USER);
      const end = readText(memoryOf(`${given}"`), 1, column, 0);
      expect(end).toBe(1 + Buffer.byteLength(given));
      expect(Buffer.from(column.dictionary.bytes.subarray(4)).toString()).toBe(given);
    }),
  );
});

it('texts hold neither escapes nor control characters, wherever they stand', () => {
  const before = fc.string({ unit: fc.constantFrom('a', 'é'), maxLength: 9 });
  const bad = fc.constantFrom('\\', '\t', '\u0000', '\u001f', '\n');
  fc.assert(
    fc.property(before, bad, before, (head, middle, tail) => {
      const column = new PlainColumn(USER);
      expect(readText(memoryOf(`${head}${middle}${tail}"`), 1, column, 0)).toBe(-1);
    }),
  );
});
