import { describe, expect, it } from 'vitest';
import { decodeRawRecord } from '../../firmware-protocol/raw-record.ts';

const RECORD = {
  sensorReadingTime: 1_655_564_444_103,
  serialNumber: '07',
  distanceFromObject: 223,
};
const LINE = JSON.stringify(RECORD);

describe('decodeRawRecord', () => {
  it.each([
    ['with CR', `${LINE}\r`],
    ['without', LINE],
    ['with blanks', `  ${LINE}  `],
    ['with other keys', LINE.replace('}', ',"battery":3}')],
    ['of 510 bytes', LINE.padEnd(510)],
    ['of 510 bytes with CR', `${LINE.padEnd(510)}\r`],
  ])('reads a record %s', (_what, line) => {
    expect(decodeRawRecord(line)).toEqual({ kind: 'record', record: RECORD });
  });

  it.each([
    '',
    '\r',
    LINE.slice(0, -1),
    `${LINE}${LINE}`,
    `[${LINE}]`,
    'null',
    '7',
    '"x"',
    '{}',
    LINE.replace('"07"', '7'),
    LINE.replace('"07"', '""'),
    LINE.replace('"07"', 'null'),
    LINE.replace('223', '"223"'),
    LINE.replace('223', '22.3'),
    LINE.replace('223', '1e300'),
    LINE.replace('1655564444103', '-1'),
    LINE.replace('1655564444103', '1655564444103.5'),
    LINE.replace('1655564444103', '9007199254740992'),
    LINE.replace('1655564444103', 'null'),
  ])('refuses %j', (line) => {
    expect(decodeRawRecord(line)).toEqual({ kind: 'rejected', rule: 'STL-RAW-001' });
  });

  it('takes a distance below 0, whose meaning is for the pipeline to judge', () => {
    expect(decodeRawRecord(LINE.replace('223', '-5'))).toMatchObject({
      record: { distanceFromObject: -5 },
    });
  });

  it('refuses a line of 513 bytes with CR LF, whatever it holds', () => {
    const rejected = { kind: 'rejected', rule: 'STL-RAW-002' };
    expect(decodeRawRecord(LINE.padEnd(511))).toEqual(rejected);
    expect(decodeRawRecord(`${LINE.padEnd(511)}\r`)).toEqual(rejected);
  });
});
