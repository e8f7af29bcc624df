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
    ['{"serialNumber":"\u00c3\u00a4"}', { serialNumber: 'ä' }],
  ])('%j is a value', (line, value) => {
    expect(parseRawRecord(line)).toEqual({ ok: true, value });
  });

  it.each([
    [RECORD.slice(0, -1), 'not-json'],
    [`${RECORD},`, 'not-json'],
    [`${RECORD}${RECORD}`, 'not-json'],
    ['', 'not-json'],
    ['{"serialNumber":"\u00e4"}', 'not-utf8'],
    [RECORD.replace('246', 'NaN'), 'not-finite'],
    [RECORD.replace('}', ',"serialNumber":"b"}'), 'duplicate-key'],
    [RECORD.replace('}', ',"__proto__":{}}'), 'forbidden-key'],
    [RECORD.replace('"a"', '"\\ud800"'), 'lone-surrogate'],
  ])('%j is refused: %s', (line, reason) => {
    expect(parseRawRecord(line)).toEqual({ ok: false, reason });
  });
});
