import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  decodePhonePayload,
  encodePhoneStatus,
  encodeSampleBatch,
  MAX_PAYLOAD_LENGTH,
} from '../../firmware-protocol/phone-payload.ts';
import type { Sample, SampleBatch } from '../../firmware-protocol/phone-payload.ts';

const RECORD = { user: 'p17@example.com', timeStamp: 1655564444103, x: 1, y: -1, z: 0.25 };
const BATCH: SampleBatch = {
  user: 'p17@example.com',
  session: '7f3a-1',
  seq: 0,
  samples: [
    [1655564444103, 1, -1, 0.25],
    [1655564444123, 0, 0, -1],
  ],
};

const one = (fields: object): object => ({
  kind: 'records',
  records: [{ ...RECORD, ...fields }],
  batch: undefined,
});
const rejected = (reason: string): object => ({ kind: 'rejected', reason });

describe('one landing record', () => {
  it.each([
    ['timeStamp', JSON.stringify(RECORD), {}],
    ['timestamp', JSON.stringify(RECORD).replace('timeStamp', 'timestamp'), {}],
    ['both spellings that agree', JSON.stringify({ ...RECORD, timestamp: 1655564444103 }), {}],
    ['one spelling that is null', JSON.stringify({ ...RECORD, timestamp: null }), {}],
    [
      'spaces and another order',
      '{ "z":0.25,"y":-1, "x":1,\n"timeStamp":1655564444103,"user":"p17@example.com" }',
      {},
    ],
    [
      'a decimal point as in the published data',
      JSON.stringify(RECORD).replace('103', '103.0'),
      {},
    ],
    ['an exponent', JSON.stringify(RECORD).replace('1655564444103', '1.655564444103e12'), {}],
    ['further keys', JSON.stringify({ ...RECORD, heartRate: 60, session: 'a' }), {}],
    ['the earliest date', JSON.stringify({ ...RECORD, timeStamp: 0 }), { timeStamp: 0 }],
    [
      'the latest date',
      JSON.stringify({ ...RECORD, timeStamp: 253402300799999 }),
      { timeStamp: 253402300799999 },
    ],
    [
      'huge and tiny numbers',
      JSON.stringify({ ...RECORD, x: 1.7e308, y: 5e-324 }),
      { x: 1.7e308, y: 5e-324 },
    ],
    [
      'the longest user',
      JSON.stringify({ ...RECORD, user: 'u'.repeat(320) }),
      { user: 'u'.repeat(320) },
    ],
    [
      'a user of other letters',
      JSON.stringify({ ...RECORD, user: 'j\u00f6\u{1F600}' }),
      { user: 'j\u00f6\u{1F600}' },
    ],
    // JSON leaves duplicate keys open; here, as in most parsers, the last one counts.
    [
      'a duplicate key',
      '{"user":"a","timeStamp":1655564444103,"x":9,"x":1,"y":-1,"z":0.25,"user":"b"}',
      { user: 'b' },
    ],
  ])('with %s', (_name, text, fields) => {
    expect(decodePhonePayload(text)).toEqual(one(fields));
  });
});

describe('a batch', () => {
  it('becomes its records in order, with session and seq', () => {
    const { user } = BATCH;
    expect(decodePhonePayload(encodeSampleBatch(BATCH))).toEqual({
      kind: 'records',
      records: [
        { user, timeStamp: 1655564444103, x: 1, y: -1, z: 0.25 },
        { user, timeStamp: 1655564444123, x: 0, y: 0, z: -1 },
      ],
      batch: { session: '7f3a-1', seq: 0 },
    });
  });

  it('is written as the design says', () => {
    expect(encodeSampleBatch({ ...BATCH, samples: BATCH.samples.slice(0, 1) })).toBe(
      '{"user":"p17@example.com","session":"7f3a-1","seq":0,"samples":[[1655564444103,1,-1,0.25]]}',
    );
  });

  it('may be empty: it has no records and still counts', () => {
    expect(decodePhonePayload(JSON.stringify({ ...BATCH, samples: [], seq: 7 }))).toEqual({
      kind: 'records',
      records: [],
      batch: { session: '7f3a-1', seq: 7 },
    });
  });

  it('may have a session of 128 characters', () => {
    const session = 's'.repeat(128);
    expect(decodePhonePayload(encodeSampleBatch({ ...BATCH, session }))).toMatchObject({
      batch: { session, seq: 0 },
    });
  });

  it('of 500 samples with all their digits fits in a payload', () => {
    const sample: Sample = [
      253402300799999, -1.2345678901234567, -1.2345678901234567, -1.2345678901234567,
    ];
    const text = encodeSampleBatch({
      ...BATCH,
      user: 'u'.repeat(320),
      samples: Array.from({ length: 500 }, () => sample),
    });
    expect(text.length).toBeLessThanOrEqual(MAX_PAYLOAD_LENGTH);
    expect(decodePhonePayload(text)).toMatchObject({ kind: 'records', records: { length: 500 } });
  });

  it('comes back as it was encoded', () => {
    const value = fc
      .double({ noDefaultInfinity: true, noNaN: true })
      .filter((x) => !Object.is(x, -0));
    const sample = fc.tuple(fc.nat(253402300799999), value, value, value);
    const batches = fc.record({
      user: fc
        .string({ minLength: 1, maxLength: 320, unit: 'binary' })
        .filter((user) => user.length <= 320),
      session: fc.string({ minLength: 1, maxLength: 128 }),
      seq: fc.maxSafeNat(),
      samples: fc.array(sample, { maxLength: 60 }),
    });
    fc.assert(
      fc.property(batches, (batch) => {
        expect(decodePhonePayload(encodeSampleBatch(batch))).toEqual({
          kind: 'records',
          records: batch.samples.map(([timeStamp, x, y, z]) => ({
            user: batch.user,
            timeStamp,
            x,
            y,
            z,
          })),
          batch: { session: batch.session, seq: batch.seq },
        });
      }),
    );
  });
});

describe('payloads that are refused', () => {
  it.each([
    ['', 'not-json'],
    [' ', 'not-json'],
    ['hello', 'not-json'],
    ['{', 'not-json'],
    [JSON.stringify(RECORD).slice(0, -1), 'not-json'],
    [`${JSON.stringify(RECORD)}${JSON.stringify(RECORD)}`, 'not-json'],
    [`\ufeff${JSON.stringify(RECORD)}`, 'not-json'],
    [`${JSON.stringify(RECORD)}\0`, 'not-json'],
    ['{"user":"a",}', 'not-json'],
    ["{'user':'a'}", 'not-json'],
    ['{"user":"a","timeStamp":1,"x":NaN,"y":0,"z":0}', 'not-json'],
    ['{"user":"a","timeStamp":1,"x":Infinity,"y":0,"z":0}', 'not-json'],
    ['{"user":"a","timeStamp":01,"x":0,"y":0,"z":0}', 'not-json'],
    ['{"user":"a\nb","timeStamp":1,"x":0,"y":0,"z":0}', 'not-json'],
    ['['.repeat(MAX_PAYLOAD_LENGTH), 'not-json'],
    ['{"a":'.repeat(13_000), 'not-json'],
    [`${'['.repeat(32_768)}${']'.repeat(32_768)}`, 'not-an-object'],
    ['null', 'not-an-object'],
    ['true', 'not-an-object'],
    ['17', 'not-an-object'],
    ['"text"', 'not-an-object'],
    ['[]', 'not-an-object'],
    [`[${JSON.stringify(RECORD)}]`, 'not-an-object'],
    ['{}', 'bad-user'],
    ['{"__proto__":{"user":"a","timeStamp":1,"x":0,"y":0,"z":0}}', 'bad-user'],
    ['{"constructor":{"prototype":{"user":"a"}}}', 'bad-user'],
    [' '.repeat(MAX_PAYLOAD_LENGTH + 1), 'too-long'],
    [`${JSON.stringify(RECORD)}${' '.repeat(MAX_PAYLOAD_LENGTH)}`, 'too-long'],
  ])('%# text %.50j as %s', (text, reason) => {
    expect(decodePhonePayload(text)).toMatchObject(rejected(reason));
  });

  it.each([undefined, null, '', 17, true, ['a'], { name: 'a' }, 'u'.repeat(321)])(
    'user %#',
    (user) => {
      expect(decodePhonePayload(JSON.stringify({ ...RECORD, user }))).toMatchObject(
        rejected('bad-user'),
      );
      expect(decodePhonePayload(JSON.stringify({ ...BATCH, user }))).toMatchObject(
        rejected('bad-user'),
      );
    },
  );

  it.each([
    { timeStamp: undefined },
    { timeStamp: null },
    { timeStamp: '1655564444103' },
    { timeStamp: -1 },
    { timeStamp: 1.5 },
    { timeStamp: true },
    { timeStamp: 253402300800000 },
    { timeStamp: 2 ** 53 },
    { timeStamp: 1e300 },
    { timeStamp: [1] },
    { timeStamp: 1, timestamp: 2 },
    { timestamp: '1655564444103' },
    { timestamp: 0 },
    { x: undefined },
    { y: null },
    { z: '1' },
    { x: true },
    { y: [1] },
    { z: {} },
    { x: '' },
  ])('record with %j', (fields) => {
    expect(decodePhonePayload(JSON.stringify({ ...RECORD, ...fields }))).toMatchObject(
      rejected('bad-sample'),
    );
  });

  it.each([
    { session: undefined },
    { session: '' },
    { session: 1 },
    { session: null },
    { session: 's'.repeat(129) },
    { seq: undefined },
    { seq: -1 },
    { seq: 0.5 },
    { seq: '0' },
    { seq: null },
    { seq: 2 ** 53 },
    { samples: undefined, session: 's' },
    { samples: null },
    { samples: {} },
    { samples: { length: 1e9 } },
    { samples: 'abcd' },
    { samples: [null] },
    { samples: [{}] },
    { samples: [[]] },
    { samples: ['abcd'] },
    { samples: [{ 0: 1, 1: 0, 2: 0, 3: 0, length: 4 }] },
    { samples: [[1, 0, 0]] },
    { samples: [[1, 0, 0, 0, 0]] },
    { samples: [[-1, 0, 0, 0]] },
    { samples: [[1, 0, 0, null]] },
    { samples: [[1, '0', 0, 0]] },
    { samples: [[[1, 0, 0, 0]]] },
    { samples: [[253402300800000, 0, 0, 0]] },
    // One bad sample refuses the batch as a whole: half of it would be a silent loss.
    {
      samples: [
        [1, 0, 0, 0],
        [2, 0, 0],
      ],
    },
  ])('batch with %j', (fields) => {
    expect(decodePhonePayload(JSON.stringify({ ...BATCH, ...fields }))).toMatchObject(
      rejected('bad-sample'),
    );
  });

  it.each(['1e400', '-1e400', '1e999999999'])('the number %s, which no double holds', (number) => {
    expect(decodePhonePayload(JSON.stringify(RECORD).replace('0.25', number))).toMatchObject(
      rejected('bad-sample'),
    );
    expect(
      decodePhonePayload(JSON.stringify(RECORD).replace('1655564444103', number)),
    ).toMatchObject(rejected('bad-sample'));
    expect(decodePhonePayload(JSON.stringify(BATCH).replace('0.25', number))).toMatchObject(
      rejected('bad-sample'),
    );
  });

  it.each([
    ['user', { user: '' }],
    ['session', { session: '' }],
    ['seq', { seq: -1 }],
    ['samples', { samples: {} }],
    ['samples', { samples: [[1, 0, 0]] }],
    ['samples', { samples: [null] }],
    ['timeStamp', { samples: [[-1, 0, 0, 0]] }],
    ['x', { samples: [[1, '0', 0, 0]] }],
    ['y', { samples: [[1, 0, null, 0]] }],
    ['z', { samples: [[1, 0, 0, {}]] }],
  ])('tells that the fault is in %s of a batch with %j', (field, fields) => {
    expect(decodePhonePayload(JSON.stringify({ ...BATCH, ...fields }))).toMatchObject({ field });
  });

  it.each([
    ['timeStamp', { timestamp: 1 }],
    ['timeStamp', { timeStamp: 'now' }],
    ['x', { x: null }],
    ['y', { y: '' }],
    ['z', { z: [] }],
  ])('tells that the fault is in %s of a record with %j', (field, fields) => {
    expect(decodePhonePayload(JSON.stringify({ ...RECORD, ...fields }))).toMatchObject({ field });
  });

  it('samples nested 30,000 deep', () => {
    const nested = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    const text = `{"user":"a","session":"s","seq":0,"samples":${nested}}`;
    expect(decodePhonePayload(text)).toMatchObject(rejected('bad-sample'));
  });

  it('leaves the prototypes of JavaScript alone', () => {
    const text = '{"__proto__":{"polluted":1},"user":"a","timeStamp":1,"x":0,"y":0,"z":0}';
    expect(decodePhonePayload(text)).toMatchObject({ kind: 'records' });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('never throws, whatever the text or JSON', () => {
    const kinds = new Set<string>();
    const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.json());
    fc.assert(
      fc.property(texts, (text) => void kinds.add(decodePhonePayload(text).kind)),
      { numRuns: 2000 },
    );
    expect([...kinds]).toEqual(['rejected']);
  });
});

describe('encodePhoneStatus', () => {
  it.each(['online', 'offline'] as const)('writes %s', (status) => {
    expect(encodePhoneStatus(status)).toBe(`{"status":"${status}"}`);
  });
});
