import { describe, expect, it } from 'vitest';
import {
  DISTANCE_MAX,
  FLAGS_MAX,
  isBootId,
  isSerialNumber,
  isTag,
  RATE_HZ_MAX,
  readDecimal,
  SEQ_MAX,
  TICKS_MAX,
} from '../../firmware-protocol/fields.ts';

it('has the ranges of the protocol', () => {
  expect({ SEQ_MAX, TICKS_MAX, DISTANCE_MAX, FLAGS_MAX, RATE_HZ_MAX }).toEqual({
    SEQ_MAX: 65_535,
    TICKS_MAX: 4_294_967_295,
    DISTANCE_MAX: 65_535,
    FLAGS_MAX: 255,
    RATE_HZ_MAX: 1000,
  });
});

describe('readDecimal', () => {
  it.each([
    ['0', 9, 0],
    ['9', 9, 9],
    ['10', 9, undefined],
    ['65535', SEQ_MAX, 65_535],
    ['65536', SEQ_MAX, undefined],
    ['4294967295', TICKS_MAX, 4_294_967_295],
    ['4294967296', TICKS_MAX, undefined],
    ['9007199254740991', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    // 2^53 + 1 is no number of JavaScript: it must not come back as 2^53.
    ['9007199254740992', Number.MAX_SAFE_INTEGER, undefined],
    ['9007199254740993', Number.MAX_SAFE_INTEGER, undefined],
    ['99999999999999999999', Number.MAX_SAFE_INTEGER, undefined],
  ])('reads %s with maximum %i as %s', (field, max, expected) => {
    expect(readDecimal(field, max)).toBe(expected);
  });

  it.each([
    '',
    '00',
    '01',
    '+1',
    '-1',
    '-0',
    '1.0',
    '1.',
    '.5',
    '1e3',
    '1E3',
    '0x1F',
    '1_000',
    '1,0',
    ' 1',
    '1 ',
    '1\n',
    '1\r',
    '\u0661',
    '\uff11',
    'NaN',
    'Infinity',
    '1n',
    '1\0',
  ])('refuses %j, which is not the canonical spelling of a number', (field) => {
    expect(readDecimal(field, 1_000_000)).toBeUndefined();
  });

  it('refuses a missing field', () => {
    expect(readDecimal(undefined, 9)).toBeUndefined();
  });
});

describe('isBootId', () => {
  it.each(['0000', '7F3A', 'FFFF', '1234'])('accepts %s', (field) => {
    expect(isBootId(field)).toBe(true);
  });

  it.each(['', '7f3a', '7F3', '7F3A0', '7F3G', ' 7F3A', '7F3A\n', '0x7F', undefined])(
    'refuses %j',
    (field) => {
      expect(isBootId(field)).toBe(false);
    },
  );
});

describe('isTag', () => {
  it.each(['', '9', 'a', 'Z', 'aZ09', '0000'])('accepts %j', (field) => {
    expect(isTag(field)).toBe(true);
  });

  it.each(['aZ091', ' ', 'a b', 'a-b', 'a,b', '@', '*', 'é', 'a\n', undefined])(
    'refuses %j',
    (field) => {
      expect(isTag(field)).toBe(false);
    },
  );
});

describe('isSerialNumber', () => {
  const serialNumber = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';

  it('accepts a lower-case UUID of any version', () => {
    expect(isSerialNumber(serialNumber)).toBe(true);
    expect(isSerialNumber('00000000-0000-0000-0000-000000000000')).toBe(true);
  });

  it.each([
    '',
    serialNumber.toUpperCase(),
    `${serialNumber}0`,
    serialNumber.slice(1),
    serialNumber.replaceAll('-', ''),
    `{${serialNumber}}`,
    serialNumber.replace('f', 'g'),
    `${serialNumber}\n`,
    `urn:uuid:${serialNumber}`,
    undefined,
  ])('refuses %j', (field) => {
    expect(isSerialNumber(field)).toBe(false);
  });
});
