import { describe, expect, it } from 'vitest';
import { nameCrcVariant } from '../../../device-bench/core/crc-variants.ts';
import { crc16CcittFalse, formatCrc } from '../../../firmware-protocol/index.ts';

/** The check values of the CRC catalogue, for this text. */
const CHECK = '123456789';

describe('nameCrcVariant', () => {
  it.each([
    ['31C3', 'with the start value 0'],
    ['2189', 'reflected (start value 0)'],
    ['6F91', 'reflected (start value 0xFFFF)'],
    ['D64E', 'with a final xor'],
    ['B129', 'with its bytes exchanged'],
    [formatCrc(crc16CcittFalse('123456789*')), 'over "*" too'],
    [formatCrc(crc16CcittFalse('23456789')), 'without the class character'],
  ])('knows what %s is, in either case', (digits, name) => {
    expect(nameCrcVariant(CHECK, digits)).toBe(` (it is the CRC ${name})`);
    expect(nameCrcVariant(CHECK, digits.toLowerCase())).toBe(` (it is the CRC ${name})`);
  });

  it.each(['29B1', '0000', '', '31C', '031C3', 'ZZZZ'])('has no name for %j', (digits) => {
    expect(nameCrcVariant(CHECK, digits)).toBe('');
  });
});
