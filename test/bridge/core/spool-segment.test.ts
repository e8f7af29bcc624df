import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeEnd, RECORD_HEADER_BYTES, writeLines } from '../../../bridge/core/spool-record.ts';
import {
  decodeHeader,
  encodeHeader,
  scanSegment,
  SEGMENT_HEADER_BYTES,
  SPOOL_FORMAT,
  tornTailOffset,
} from '../../../bridge/core/spool-segment.ts';

const crc32 = (bytes: Uint8Array): number => zlibCrc32(bytes);

const HEADER = {
  format: SPOOL_FORMAT,
  table: 'quarantine/accelerometer_landing',
  spoolId: '0f1e2d3c4b5a',
  number: 17,
  createdMs: 1_655_564_444_103.25,
};

function record(line: string, arrivalMs: number, provenTo = 0): Uint8Array {
  const body = Buffer.from(line);
  const bytes = new Uint8Array(RECORD_HEADER_BYTES + body.length);
  const memory = { bytes, view: new DataView(bytes.buffer) };
  writeLines(memory, 0, { arrivalMs, rows: 1, provenTo, body }, crc32);
  return bytes;
}

function fileOf(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}

const LINES = ['{"a":1}\n', '{"b":2}\n', '{"c":3}\n'];
const RECORDS = LINES.map((line, index) => record(line, 100 + index, 128 * index));
const LENGTH = RECORDS[0]?.length as number;
const SEGMENT = fileOf(encodeHeader(HEADER, crc32), ...RECORDS);

function linesOf(bytes: Uint8Array<ArrayBuffer>): string[] {
  const lines: string[] = [];
  scanSegment(bytes, crc32, ({ bodyOffset, end }) => {
    lines.push(Buffer.from(bytes.subarray(bodyOffset, end)).toString());
  });
  return lines;
}

describe('the header', () => {
  test('is read as it was written', () => {
    const bytes = encodeHeader(HEADER, crc32);
    expect(bytes.length).toBe(SEGMENT_HEADER_BYTES);
    expect(decodeHeader(bytes, crc32)).toEqual(HEADER);
  });

  test('of a newer format tells its format', () => {
    expect(decodeHeader(encodeHeader({ ...HEADER, format: 99 }, crc32), crc32)?.format).toBe(99);
  });

  test('is none when a byte is changed or missing', () => {
    const bytes = encodeHeader(HEADER, crc32);
    for (let offset = 0; offset < bytes.length; offset++) {
      const changed = bytes.slice();
      changed[offset] = (changed[offset] as number) ^ 1;
      expect(decodeHeader(changed, crc32)).toBeUndefined();
      expect(decodeHeader(bytes.subarray(0, offset), crc32)).toBeUndefined();
    }
  });
});

describe('a walk through a segment', () => {
  test('finds all records and what they tell', () => {
    expect(linesOf(SEGMENT)).toEqual(LINES);
    expect(scanSegment(SEGMENT, crc32)).toEqual({
      rows: 3,
      firstArrivalMs: 100,
      lastArrivalMs: 102,
      provenTo: 256,
      gaps: [],
    });
  });

  test('takes the end for no lines, and for proof', () => {
    const end = encodeEnd({ arrivalMs: 102, rows: 3, provenTo: 236, firstArrivalMs: 100 }, crc32);
    const ended = fileOf(SEGMENT, end);
    expect(linesOf(ended)).toEqual(LINES);
    expect(scanSegment(ended, crc32)).toMatchObject({ rows: 3, provenTo: 256, gaps: [] });
  });

  test('goes on behind damage of any one byte', () => {
    for (let offset = 0; offset < SEGMENT.length; offset++) {
      const changed = SEGMENT.slice();
      changed[offset] = (changed[offset] as number) ^ 0x80;
      const hit = Math.floor((offset - SEGMENT_HEADER_BYTES) / LENGTH);
      const from = offset < SEGMENT_HEADER_BYTES ? 0 : SEGMENT_HEADER_BYTES + hit * LENGTH;
      const end = offset < SEGMENT_HEADER_BYTES ? SEGMENT_HEADER_BYTES : from + LENGTH;
      expect(scanSegment(changed, crc32).gaps).toEqual([{ offset: from, end }]);
      expect(linesOf(changed)).toEqual(LINES.filter((_, index) => index !== hit));
    }
  });

  test('finds whole records before the cut, and the rest in a gap', () => {
    for (let length = 0; length < SEGMENT.length; length++) {
      const cut = SEGMENT.slice(0, length);
      const whole = Math.max(0, Math.floor((length - SEGMENT_HEADER_BYTES) / LENGTH));
      expect(linesOf(cut)).toEqual(LINES.slice(0, whole));
      const sound = length < SEGMENT_HEADER_BYTES ? 0 : SEGMENT_HEADER_BYTES + whole * LENGTH;
      const { gaps } = scanSegment(cut, crc32);
      expect(gaps).toEqual(sound === length ? [] : [{ offset: sound, end: length }]);
    }
  });

  test('covers every byte of any file once, by records or gaps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...RECORDS), fc.uint8Array({ maxLength: 40 }))),
        (parts) => {
          const file = fileOf(...parts);
          let records = 0;
          const { gaps } = scanSegment(file, crc32, ({ offset, end }) => {
            records += end - offset;
          });
          const lost = gaps.reduce((sum, { offset, end }) => sum + end - offset, 0);
          expect(records + lost).toBe(file.length);
        },
      ),
    );
  });
});

describe('the torn tail begins', () => {
  test.each([
    ['nowhere, when all is sound', [], 0, 500],
    ['at the first gap, when nothing was durable', [[128, 200]], 0, 128],
    ['at the end of what was durable, when damage reaches beyond it', [[128, 300]], 200, 200],
    [
      'at the first gap after what was durable',
      [
        [130, 140],
        [300, 310],
        [490, 500],
      ],
      200,
      300,
    ],
    ['nowhere, when all was durable', [[130, 500]], 500, 500],
    ['nowhere, when more was durable than is there', [[130, 500]], 600, 500],
  ] as const)('%s', (_, ranges, provenTo, expected) => {
    const gaps = ranges.map(([offset, end]) => ({ offset, end }));
    expect(tornTailOffset(500, gaps, provenTo)).toBe(expected);
  });
});
