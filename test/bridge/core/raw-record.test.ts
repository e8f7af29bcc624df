import { describe, expect, it } from 'vitest';
import { isRawRecord, parseRawRecord } from '../../../bridge/core/raw-record.ts';

const RECORD = '{"sensorReadingTime":1655564444103,"serialNumber":"a","distanceFromObject":246}';

describe('isRawRecord', () => {
  it.each([
    [RECORD, true],
    ['{', true],
    ['', false],
    [` ${RECORD}`, false],
    [`[${RECORD}]`, false],
    ['$R,7F3A,0,421,181,0*0D16', false],
  ])('%j: %s', (line, expected) => {
    expect(isRawRecord(line)).toBe(expected);
  });
});

describe('parseRawRecord', () => {
  it.each([
    [RECORD, { sensorReadingTime: 1_655_564_444_103, serialNumber: 'a', distanceFromObject: 246 }],
    [`${RECORD}\r`, JSON.parse(RECORD) as unknown],
    ['{}', {}],
    [RECORD.slice(0, -1), undefined],
    [`${RECORD},`, undefined],
    [`${RECORD}${RECORD}`, undefined],
    ['', undefined],
  ])('%j', (line, expected) => {
    expect(parseRawRecord(line)).toEqual(expected);
  });
});
