import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeEnd,
  encodeEnd,
  END_BYTES,
  nextRecordOffset,
  readRecord,
  RECORD_HEADER_BYTES,
  writeLines,
} from '../../../bridge/core/spool-record.ts';
import type { RecordMemory } from '../../../bridge/core/spool-record.ts';

const crc32 = (bytes: Uint8Array): number => zlibCrc32(bytes);

function memoryOf(bytes: Uint8Array<ArrayBuffer>): RecordMemory {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}

function encode(
  body: Uint8Array,
  fields = { arrivalMs: 1_655_564_444_103.5, rows: 2, provenTo: 128 },
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(RECORD_HEADER_BYTES + body.length);
  writeLines(memoryOf(bytes), 0, { ...fields, body }, crc32);
  return bytes;
}

const LINES = Buffer.from('{"x":1}\n{"x":2}\n');

test('a record of lines has the bytes of the table', () => {
  expect(Buffer.from(encode(LINES)).toString('hex')).toBe(
    [
      'f5535202', // marker and kind
      crcHex(encode(LINES)),
      '10000000', // 16 bytes of body
      '00781c4a75177842', // arrival
      '02000000', // rows
      '80000000', // durable up to byte 128
      LINES.toString('hex'),
    ].join(''),
  );
});

function crcHex(record: Uint8Array): string {
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE((crc32(record.subarray(8)) ^ 1) >>> 0);
  return crc.toString('hex');
}

test('what was written is read, wherever it stands', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ maxLength: 20 }),
      fc.record({
        arrivalMs: fc.double({ noNaN: true }),
        rows: fc.nat(),
        provenTo: fc.nat(),
      }),
      (body, before, fields) => {
        const file = new Uint8Array([...before, ...encode(body, fields)]);
        const bodyOffset = before.length + RECORD_HEADER_BYTES;
        expect(readRecord(memoryOf(file), before.length, crc32)).toEqual({
          kind: 'lines',
          offset: before.length,
          bodyOffset,
          end: bodyOffset + body.length,
          ...fields,
        });
      },
    ),
  );
});

test('a record of format 1 counts as durable before it', () => {
  const body = Buffer.from('{}\n');
  const bytes = new Uint8Array(24 + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0xf5, 0x53, 0x52, 1]);
  view.setUint32(8, body.length, true);
  view.setFloat64(12, 7, true);
  view.setUint32(20, 1, true);
  bytes.set(body, 24);
  view.setUint32(4, crc32(bytes.subarray(8)), true);
  const shifted = new Uint8Array([0, 0, ...bytes]);
  expect(readRecord(memoryOf(shifted), 2, crc32)).toEqual({
    kind: 'lines',
    offset: 2,
    bodyOffset: 26,
    end: 29,
    arrivalMs: 7,
    rows: 1,
    provenTo: 2,
  });
});

describe('never a record', () => {
  const whole = encode(LINES);

  test.each(Array.from({ length: whole.length }, (_, bytes) => bytes))(
    'cut after %i bytes',
    (bytes) => {
      expect(readRecord(memoryOf(whole.slice(0, bytes)), 0, crc32)).toBeUndefined();
    },
  );

  test('with any one bit changed', () => {
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const changed = whole.slice();
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(readRecord(memoryOf(changed), 0, crc32)).toBeUndefined();
    }
  });

  test('in any other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, offset) => {
        expect(readRecord(memoryOf(new Uint8Array(bytes)), offset, crc32)).toBeUndefined();
      }),
    );
  });
});

describe('the end of a segment', () => {
  const fields = { arrivalMs: 9, rows: 5, provenTo: 4_000, firstArrivalMs: 3.25 };

  test('is read as it was written', () => {
    const end = new Uint8Array(encodeEnd(fields, crc32));
    expect(end.length).toBe(END_BYTES);
    expect(decodeEnd(end, crc32)).toMatchObject(fields);
  });

  test('is no end with any byte changed or missing, and lines are none', () => {
    const end = new Uint8Array(encodeEnd(fields, crc32));
    for (let offset = 0; offset < end.length; offset++) {
      const changed = end.slice();
      changed[offset] = (changed[offset] as number) ^ 0x10;
      expect(decodeEnd(changed, crc32)).toBeUndefined();
      expect(decodeEnd(end.slice(0, offset), crc32)).toBeUndefined();
    }
    expect(decodeEnd(encode(new Uint8Array(8)), crc32)).toBeUndefined();
  });
});

test('the search for the next record goes to the next marker, or to the end', () => {
  const bytes = Uint8Array.of(1, 2, 0xf5, 4, 0xf5);
  expect([0, 2, 3, 5].map((offset) => nextRecordOffset(bytes, offset))).toEqual([2, 2, 4, 5]);
});
