import { describe, expect, it } from 'vitest';
import {
  findByteFault,
  frameLine,
  LINE_END,
  MAX_LINE_BYTES,
  stripCarriageReturn,
  unframeLine,
} from '../../firmware-protocol/framing.ts';
import { withCrc } from './reference-frame.ts';

it('has the line length and line end of the protocol', () => {
  expect(MAX_LINE_BYTES).toBe(82);
  expect(LINE_END).toBe('\r\n');
});

describe('frameLine', () => {
  it.each(['=ERR,,1', '$R,7F3A,0,421,181,0', 'PING', 'x', ''])('frames %j', (text) => {
    expect(frameLine(text)).toBe(`${withCrc(text)}\r\n`);
  });
});

describe('stripCarriageReturn', () => {
  it.each([
    ['', ''],
    ['\r', ''],
    ['a', 'a'],
    ['a\r', 'a'],
    ['a\r\r', 'a\r'],
    ['\ra', '\ra'],
  ])('makes %j into %j: one CR, and only at the end', (line, expected) => {
    expect(stripCarriageReturn(line)).toBe(expected);
  });
});

describe('findByteFault', () => {
  it.each([
    ['', 'empty'],
    ['a', undefined],
    ['a'.repeat(80), undefined],
    ['a'.repeat(81), 'too-long'],
    ['a'.repeat(1_000_000), 'too-long'],
  ])('by length (%#)', (line, expected) => {
    expect(findByteFault(line)).toBe(expected);
  });

  it('allows 0x20 to 0x7E and no other byte, wherever it stands', () => {
    const refused: number[] = [];
    for (let byte = 0; byte < 256; byte++) {
      const faults = ['ab', 'ba', 'aba'].map((text) =>
        findByteFault(text.replace('b', String.fromCharCode(byte))),
      );
      expect(new Set(faults).size).toBe(1);
      expect([undefined, 'bad-byte']).toContain(faults[0]);
      if (faults[0] !== undefined) refused.push(byte);
    }
    const printable = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e;
    expect(refused).toEqual(
      Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !printable(byte)),
    );
  });

  it('refuses characters that are no bytes', () => {
    expect(findByteFault('a\u0141')).toBe('bad-byte');
    expect(findByteFault('a\u{1F600}')).toBe('bad-byte');
  });
});

describe('unframeLine', () => {
  it('gives back what the CRC protects', () => {
    expect(unframeLine('=ERR,,1*34E4')).toEqual({ kind: 'framed', text: '=ERR,,1' });
  });

  it('takes the last `*` in CRC position as the end, so that a frame has one reading', () => {
    expect(unframeLine(withCrc('!E,1,a*34E4'))).toEqual({ kind: 'framed', text: '!E,1,a*34E4' });
  });

  it('accepts 80 bytes and no more in front of the line end', () => {
    const text = `#${'a'.repeat(74)}`;
    expect(withCrc(text)).toHaveLength(80);
    expect(unframeLine(withCrc(text))).toEqual({ kind: 'framed', text });
    expect(unframeLine(withCrc(`${text}a`))).toEqual({ kind: 'rejected', reason: 'too-long' });
  });

  it.each([
    ['', 'empty'],
    ['=ERR,,1*34E4\r', 'bad-byte'],
    ['=ERR,,1\u00e9*34E4', 'bad-byte'],
    ['=ERR,,1', 'no-crc'],
    ['=ERR,,1*', 'no-crc'],
    ['=ERR,,1*34E', 'no-crc'],
    ['=ERR,,1*34E40', 'no-crc'],
    ['=ERR,,1 34E4', 'no-crc'],
    ['*FFFF', 'no-crc'],
    ['34E4', 'no-crc'],
    ['=ERR,,1*34e4', 'bad-crc'],
    ['=ERR,,1*34E5', 'bad-crc'],
    ['=ERR,,2*34E4', 'bad-crc'],
    ['=ERR,,2*487 ', 'bad-crc'],
    ['=ERR,,2* 487', 'bad-crc'],
    ['=ERR,,1*XXXX', 'bad-crc'],
  ])('refuses %j as %s', (line, reason) => {
    expect(unframeLine(line)).toEqual({ kind: 'rejected', reason });
  });
});
