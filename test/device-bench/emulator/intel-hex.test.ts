import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIntelHex } from '../../../device-bench/emulator/intel-hex.ts';
import { BenchError } from '../../../device-bench/index.ts';
import { hexFile, record } from './hex-file.ts';

const END = record(0, 0, 0, 1);
const DATA = record(2, 0x00, 0x10, 0, 0xab, 0xcd);

function read(...lines: readonly string[]): ReturnType<typeof readIntelHex> {
  return readIntelHex(lines.join('\n'), { flashBytes: 256, name: 'blink.hex' });
}

function faultOf(...lines: readonly string[]): BenchError {
  try {
    read(...lines);
  } catch (error) {
    if (error instanceof BenchError) return error;
  }
  throw new RangeError('It was read.');
}

function bytesOrCode(text: string): Uint8Array | string {
  try {
    return read(text).bytes;
  } catch (error) {
    return (error as BenchError).code;
  }
}

describe('a hex file', () => {
  test('is put into an erased flash', () => {
    const { bytes, size } = read(DATA, END);
    expect([bytes.length, size]).toEqual([256, 2]);
    expect([...bytes.subarray(0x0f, 0x13)]).toEqual([0xff, 0xab, 0xcd, 0xff]);
  });

  test('may be in lower case, with CR LF, blank lines and something behind its end', () => {
    const text = `${DATA.toLowerCase()}\r\n\r\n${END}\r\nend of file\r\n`;
    expect(readIntelHex(text, { flashBytes: 256, name: 'x' }).size).toBe(2);
  });

  test.each([
    ['in units of 16', record(2, 0, 0, 2, 0x00, 0x04), 0x40],
    ['in units of 65536, here none', record(2, 0, 0, 4, 0x00, 0x00), 0x00],
  ])('may move the base of its addresses %s', (_, base, offset) => {
    expect(read(base, DATA, END).bytes[offset + 0x10]).toBe(0xab);
  });

  test('may say where to start, which an AVR does not heed', () => {
    expect(
      read(record(4, 0, 0, 3, 0, 0, 0, 0), record(4, 0, 0, 5, 0, 0, 0, 0), DATA, END).size,
    ).toBe(2);
  });

  test.each([
    ['something else', ['firmware'], 1, 'not a record'],
    ['an odd number of digits', [DATA.slice(0, -1), END], 1, 'not a record'],
    ['a wrong checksum', [DATA, `${DATA.slice(0, -1)}0`, END], 2, 'wrong checksum'],
    ['a wrong length', [record(3, 0, 0, 0, 1, 2), END], 1, '2 data bytes where 3 were announced'],
    ['an unknown type', [record(0, 0, 0, 6), END], 1, 'unknown record type 6'],
    ['half a base', [record(1, 0, 0, 4, 0), END], 1, 'a base has two bytes'],
    ['too much for the flash', [record(2, 0, 0xff, 0, 1, 2), END], 1, 'the flash ends at byte 256'],
    [
      'a base beyond the flash',
      [record(2, 0, 0, 4, 0, 1), DATA, END],
      2,
      'the flash ends at byte 256',
    ],
    ['a byte twice', [DATA, DATA, END], 2, 'byte 16 was written before'],
    ['no end', [DATA], 1, 'without an end record'],
    ['nothing', [''], 1, 'without an end record'],
    ['no data', [END], 1, 'there is no data'],
  ])('with %s is refused, with the line and the fix', (_, lines, number, what) => {
    const { code, message } = faultOf(...lines);
    expect(code).toBe('FIRMWARE_INVALID');
    expect(message).toContain(`blink.hex is no firmware for this board: line ${number}: `);
    expect(message).toContain(what);
    expect(message).toContain('avr-objcopy -O ihex');
  });

  test('is read back as it was written', () => {
    const written = fc.uint8Array({ minLength: 1, maxLength: 256 });
    fc.assert(
      fc.property(written, (bytes) => {
        expect(read(hexFile(bytes)).bytes.subarray(0, bytes.length)).toEqual(bytes);
      }),
    );
  });

  test('with one digit changed is refused or means the same', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const text = hexFile(bytes);
    const places = fc.integer({ min: 0, max: text.length - 1 });
    const digits = fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16).toUpperCase());
    fc.assert(
      fc.property(places, digits, (at, digit) => {
        const changed = text.slice(0, at) + digit + text.slice(at + 1);
        expect([bytes, 'FIRMWARE_INVALID']).toContainEqual(bytesOrCode(changed));
      }),
      { numRuns: 500 },
    );
  });
});
