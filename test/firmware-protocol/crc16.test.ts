import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { crc16CcittFalse, formatCrc } from '../../firmware-protocol/crc16.ts';
import { referenceCrc } from './reference-frame.ts';

describe('crc16CcittFalse', () => {
  it.each([
    ['123456789', 0x29b1, 'the published check value'],
    ['', 0xffff, 'no bytes leave the initial value'],
    ['A', 0xb915, 'one byte'],
    ['$R,7F3A,0,421,181,0', 0x0d16, 'a reading'],
  ])('of "%s" is %i (%s)', (text, expected) => {
    expect(crc16CcittFalse(text)).toBe(expected);
  });

  it('stops in front of `end`', () => {
    expect(crc16CcittFalse('123456789*29B1', 9)).toBe(0x29b1);
    expect(crc16CcittFalse('123456789', 0)).toBe(0xffff);
  });

  it('agrees with a bit-by-bit implementation on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString('latin1');
        expect(crc16CcittFalse(text)).toBe(referenceCrc(bytes));
      }),
    );
  });

  it('agrees with a bit-by-bit implementation on each single byte', () => {
    for (let byte = 0; byte < 256; byte++) {
      expect(crc16CcittFalse(String.fromCharCode(byte))).toBe(referenceCrc(Uint8Array.of(byte)));
    }
  });
});

describe('formatCrc', () => {
  it.each([
    [0, '0000'],
    [0xa, '000A'],
    [0x0d16, '0D16'],
    [0xabcd, 'ABCD'],
    [0xffff, 'FFFF'],
  ])('writes %i as %s: four upper-case digits', (crc, expected) => {
    expect(formatCrc(crc)).toBe(expected);
  });
});
