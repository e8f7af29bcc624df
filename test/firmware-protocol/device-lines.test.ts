import { describe, expect, it } from 'vitest';
import {
  decodeDeviceLine,
  encodeDeviceLine,
  ERROR_CODES,
  FLAG_DROPPED_BEFORE,
  FLAG_LATE,
  FLAG_OUT_OF_RANGE,
} from '../../firmware-protocol/device-lines.ts';
import { withCrc } from './reference-frame.ts';
import { DESIGN_VECTORS, FURTHER_VECTORS, wireOf } from './vectors.ts';

const VECTORS = [...DESIGN_VECTORS, ...FURTHER_VECTORS];

describe('annotated vectors', () => {
  it('cover every kind of framed line', () => {
    expect(new Set(VECTORS.map((vector) => vector.value.kind))).toEqual(
      new Set(
        'boot reading heartbeat fault id caps started stopped pong rebooting synced error'.split(
          ' ',
        ),
      ),
    );
  });

  it.each(VECTORS)('$text: the explained bytes are the line', (vector) => {
    expect(wireOf(vector)).toBe(`${vector.text}\r\n`);
  });

  it.each(VECTORS)('$text encodes to its bytes', (vector) => {
    expect(encodeDeviceLine(vector.value)).toBe(wireOf(vector));
  });

  it.each(VECTORS)('$text decodes, with CR and without', (vector) => {
    expect(decodeDeviceLine(`${vector.text}\r`)).toEqual(vector.value);
    expect(decodeDeviceLine(vector.text)).toEqual(vector.value);
  });

  it.each(VECTORS)('$text carries the CRC of an independent implementation', (vector) => {
    expect(withCrc(vector.text.slice(0, -5))).toBe(vector.text);
  });
});

describe('constants of the protocol', () => {
  it('numbers errors and flags as the design does', () => {
    expect(ERROR_CODES).toEqual({
      BAD_CRC: 1,
      TOO_LONG_OR_BAD_BYTE: 2,
      UNKNOWN: 3,
      BAD_ARG: 4,
      BAD_STATE: 5,
      BUSY: 6,
      SENSOR: 7,
    });
    expect([FLAG_LATE, FLAG_OUT_OF_RANGE, FLAG_DROPPED_BEFORE]).toEqual([1, 2, 4]);
  });
});

describe('free text', () => {
  it.each([
    ['#', ''],
    ['#hello', 'hello'],
    ['# 1,2,3', ' 1,2,3'],
    ['##', '#'],
    ['#a*b', 'a*b'],
    // Only at the end of a text four hex digits behind a star are taken for a CRC.
    ['#R,7F3A,0,421,181,0*0D16 ', 'R,7F3A,0,421,181,0*0D16 '],
    ['#*0D1', '*0D1'],
    ['#*0D16A', '*0D16A'],
    ['#*0D1G', '*0D1G'],
    [`#${'a'.repeat(79)}`, 'a'.repeat(79)],
  ])('%s is text', (line, text) => {
    expect(decodeDeviceLine(line)).toEqual({ kind: 'text', text });
    expect(decodeDeviceLine(`${line}\r`)).toEqual({ kind: 'text', text });
    expect(encodeDeviceLine({ kind: 'text', text })).toBe(`${line}\r\n`);
  });

  it.each([
    [`#${'a'.repeat(80)}`, 'too-long'],
    ['#a\0', 'bad-byte'],
    ['#a\tb', 'bad-byte'],
    ['#\u00e9', 'bad-byte'],
    ['#a\r\r', 'bad-byte'],
    ['#a\nb', 'bad-byte'],
    ['#R,7F3A,0,421,181,0*0D16', 'quotes-frame'],
    ['#R,7F3A,0,421,181,0*0D16\r', 'quotes-frame'],
    ['#got @1 ID?*7079', 'quotes-frame'],
    ['#*ffff', 'quotes-frame'],
  ])('%j is not', (line, reason) => {
    expect(decodeDeviceLine(line)).toMatchObject({ kind: 'rejected', reason });
  });
});

describe('classes', () => {
  it('are `$`, `!` and `=`: any other byte under a right CRC is unknown, but `#`, which has no CRC', () => {
    const kinds = new Map<string, string[]>();
    for (let byte = 0x20; byte <= 0x7e; byte++) {
      const decoded = decodeDeviceLine(withCrc(`${String.fromCharCode(byte)}R,7F3A,0,421,181,0`));
      const outcome = decoded.kind === 'rejected' ? decoded.reason : decoded.kind;
      kinds.set(outcome, [...(kinds.get(outcome) ?? []), String.fromCharCode(byte)]);
    }
    expect(kinds.get('unknown-class')).toHaveLength(95 - 4);
    kinds.delete('unknown-class');
    expect(Object.fromEntries(kinds)).toEqual({
      reading: ['$'],
      malformed: ['!', '='],
      'quotes-frame': ['#'],
    });
  });
});

describe('rejected lines', () => {
  const reading = '$R,7F3A,0,421,181,0*0D16';

  it.each([
    ['', 'empty'],
    ['\r', 'empty'],
    // 81 bytes in front of CR LF make a line of 83.
    [withCrc(`!E,1,${'a'.repeat(71)}`), 'too-long'],
    ['$'.repeat(1_000_000), 'too-long'],
    [`${reading}\r\r`, 'bad-byte'],
    [`${reading}\r\n`, 'bad-byte'],
    [`\0${reading}`, 'bad-byte'],
    [`\u00ff${reading}`, 'bad-byte'],
    [`\ufeff${reading}`, 'bad-byte'],
    [`${reading}\n${reading}`, 'bad-byte'],
    ['$R,7F3A,0,421,181,0', 'no-crc'],
    ['$R,7F3A,0,421,181,0*', 'no-crc'],
    [`${reading} `, 'no-crc'],
    ['{"sensorReadingTime":1655564444103}', 'no-crc'],
    ['hello', 'no-crc'],
    ['$R,7F3A,0,421,181,0*0d16', 'bad-crc'],
    ['$R,7F3A,0,421,182,0*0D16', 'bad-crc'],
    [` ${reading}`, 'bad-crc'],
    ['$R,7F3A,0,421,181,0*XXXX', 'bad-crc'],
    [withCrc('R,7F3A,0,421,181,0'), 'unknown-class'],
    [withCrc('?R,7F3A,0,421,181,0'), 'unknown-class'],
    [withCrc(' $R,7F3A,0,421,181,0'), 'unknown-class'],
    // A device that echoes what it is told does not talk to itself.
    [withCrc('@1 ID?'), 'unknown-class'],
    [withCrc('*'), 'unknown-class'],
    [withCrc('$'), 'malformed'],
    [withCrc('!'), 'malformed'],
    [withCrc('='), 'malformed'],
    [withCrc('$$R,7F3A,0,421,181,0'), 'malformed'],
    // A right CRC does not make a wrong body right: each class accepts only its own verbs.
    [withCrc('!R,7F3A,0,421,181,0'), 'malformed'],
    [withCrc('=R,7F3A,0,421,181,0'), 'malformed'],
    [withCrc('$BOOT,7F3A,PWR'), 'malformed'],
    [withCrc('=BOOT,7F3A,PWR'), 'malformed'],
    [withCrc('$OK,9,PING,'), 'malformed'],
    [withCrc('!OK,9,PING,'), 'malformed'],
    [withCrc('$R,7F3A,65536,421,181,0'), 'malformed'],
    [withCrc('$R,7F3A,00,421,181,0'), 'malformed'],
    [withCrc('$R,7F3A,0,421,181,0*0D16'), 'malformed'],
    [withCrc('!E,7,a*b'), 'malformed'],
  ])('%#: %.40j is %s', (line, reason) => {
    expect(decodeDeviceLine(line)).toMatchObject({ kind: 'rejected', reason });
  });
});
