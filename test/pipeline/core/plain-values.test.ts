import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LandingTableName } from '../../../pipeline/core/catalog.ts';
import { plainLayoutOf } from '../../../pipeline/core/plain-layout.ts';
import type { PlainLayout } from '../../../pipeline/core/plain-layout.ts';
import { PlainScan } from '../../../pipeline/core/plain-scan.ts';
import type { ScanPlan } from '../../../pipeline/core/plain-scan.ts';

/** Follows lines of one layout, in which only the value of one column differs. */
class ValueReader {
  readonly #scan: PlainScan;
  readonly #plan: ScanPlan;
  readonly #parts: readonly string[];
  readonly #column: number;

  /** In the line, `7` stands for the value. */
  constructor(table: LandingTableName, column: number, line: string) {
    this.#scan = new PlainScan(table);
    this.#plan = this.#scan.plan(plainLayoutOf(table, line) as PlainLayout) as ScanPlan;
    this.#parts = line.split('7');
    this.#column = column;
  }

  /** The bytes of the value, when the line is one; without their end, so that an offset in memory differs from time to time. */
  read(text: string): DataView | undefined {
    this.#scan.rollBack(this.#scan.start);
    const line = Buffer.from(`${this.#parts.join(text)}\n`);
    const from = text.length % 7;
    // What stood there before must not matter.
    this.#scan.input.fill(0x37, 0, 500).set(line, from);
    const end = from + line.length;
    const isTaken = this.#scan.follow(this.#plan, from, end) === end;
    if (this.#scan.rows !== Number(isTaken)) throw new RangeError('A row for a line that is none.');
    const { start, position } = this.#scan;
    const bytes = Uint8Array.from(this.#scan.values(this.#column, start, position));
    return isTaken ? new DataView(bytes.buffer) : undefined;
  }
}

const decimals = new ValueReader(
  'accelerometer_landing',
  2,
  '{"user":"a","timestamp":1,"x":7,"y":1,"z":1}',
);
const wholes = new ValueReader(
  'step_trainer_landing',
  2,
  '{"sensorReadingTime":1,"serialNumber":"s","distanceFromObject":7}',
);
const dates = new ValueReader(
  'step_trainer_landing',
  0,
  '{"sensorReadingTime":7,"serialNumber":"s","distanceFromObject":1}',
);
const texts = new ValueReader(
  'step_trainer_landing',
  1,
  '{"sensorReadingTime":1,"serialNumber":"7","distanceFromObject":1}',
);
const decimalIn = (text: string): number | undefined => decimals.read(text)?.getFloat64(0, true);
const wholeIn = (text: string): bigint | undefined => wholes.read(text)?.getBigInt64(0, true);
const dateIn = (text: string): bigint | undefined => dates.read(text)?.getBigInt64(0, true);
const textIn = (text: string): string | undefined => {
  const view = texts.read(text);
  return (
    view &&
    Buffer.from(view.buffer)
      .subarray(4, 4 + view.getUint32(0, true))
      .toString()
  );
};

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
        expect(decimalIn(text)).toBe((JSON.parse(text) as number) + 0);
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
    // As many digits as 64 bits hold, and one more.
    '9.22337203685477580',
    '1.84467440737095516',
    '10.18446744073709551',
    '100.18446744073709551',
    '0.1',
    '0.3',
    '123456789012345.6',
  ])('is exact: %s', (text) => {
    expect(decimalIn(text)).toBe(JSON.parse(text) === 0 ? 0 : JSON.parse(text));
  });

  it.each([
    '',
    '-',
    '--1',
    '01',
    '1.',
    '.5',
    '1e3',
    '+1',
    '1234567890123456',
    '0.123456789012345678',
  ])('is not %j', (text) => {
    expect(decimalIn(text)).toBeUndefined();
  });
});

it('whole numbers and dates are those that JSON says', () => {
  const zeros = fc
    .integer({ min: 0, max: 9 })
    .map((count) => (count === 0 ? '' : `.${'0'.repeat(count)}`));
  fc.assert(
    fc.property(whole, zeros, (digits, end) => {
      expect(wholeIn(digits + end)).toBe(BigInt(digits));
      const negative = digits === '0' ? undefined : -BigInt(digits);
      expect(wholeIn(`-${digits}${end}`)).toBe(negative);
      const isDate = digits.length <= 14;
      expect(dateIn(digits + end)).toBe(isDate ? BigInt(digits) : undefined);
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  '',
  '-',
  '-0',
  '-0.0',
  '00',
  '01',
  '1.',
  '1.5',
  '1.05',
  '1234567890123456',
  '1.0000000000',
])('a whole number is not %j, nor is a date', (text) => {
  expect(wholeIn(text)).toBeUndefined();
  expect(dateIn(text)).toBeUndefined();
});

it('dates have no sign', () => {
  expect(dateIn('-1')).toBeUndefined();
});

it('texts end at their quote and are kept as their bytes', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', 'é', '😀', '\u007f'),
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, (given) => {
      expect(textIn(given)).toBe(given);
    }),
    { numRuns: 500 },
  );
  expect(textIn('')).toBeUndefined();
});

it('texts hold neither escapes nor control characters, wherever they stand', () => {
  const around = fc.string({ unit: fc.constantFrom('a', 'é'), maxLength: 40 });
  const bad = fc.oneof(
    fc.constantFrom('\\', '"'),
    fc.integer({ min: 0, max: 0x1f }).map((code) => String.fromCharCode(code)),
  );
  fc.assert(
    fc.property(around, bad, around, (head, middle, tail) => {
      expect(textIn(head + middle + tail)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
