import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanonicalPayloads } from '../../../bridge/core/canonical-payload.ts';
import { LINES_BYTES_MAX, readPhonePayload } from '../../../bridge/core/phone-payload-lines.ts';
import { encodeSampleBatch, MAX_PAYLOAD_LENGTH } from '../../../firmware-protocol/index.ts';
import type { SampleBatch } from '../../../firmware-protocol/index.ts';
import { stepTestPayloads, walkingPayloads } from './phone-payloads.ts';

const TIME = 1_655_564_444_103;
const BATCH: SampleBatch = {
  user: 'Ana.Novak@mail.example',
  session: '7f3a0001',
  seq: 12,
  samples: [
    [TIME, 1, 0, -1],
    [TIME + 20, 0.25, -1.001, 0.000001],
  ],
};
const SINGLE = '{"user":"Ana.Novak@mail.example","timeStamp":1655564444103,"x":1,"y":-0.5,"z":0}';

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const short = (payload: Uint8Array): object | undefined => {
  const read = new CanonicalPayloads().read(payload);
  return read && { ...read, lines: Buffer.from(read.lines).toString() };
};
/** What the long way makes of a payload. */
const long = (payload: Uint8Array): object => {
  const read = readPhonePayload(payload);
  if (read.kind === 'refused') return read;
  const { lines, rows, identity } = read;
  return { lines: Buffer.from(lines).toString(), rows, identity };
};

const number = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 5, arbitrary: fc.integer({ min: -16_000, max: 16_000 }).map((value) => value / 1_000) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
);
const text = fc.oneof(
  { weight: 9, arbitrary: fc.stringMatching(/^[ !#-[\]-~]{1,12}$/) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }) },
);
const time = fc.oneof(fc.nat(253_402_300_799_999), fc.constant(TIME));
const batchText = fc
  .record({
    user: text,
    session: text,
    seq: fc.nat(70_000),
    samples: fc.array(fc.tuple(time, number, number, number), { maxLength: 3 }),
  })
  .map(encodeSampleBatch);
const singleText = fc
  .record({ user: text, timeStamp: time, x: number, y: number, z: number })
  .map((record) => JSON.stringify(record));
/** Payloads with up to three bytes changed, put in or taken out: most of all those that JSON is made of. */
const byte = fc.oneof(fc.constantFrom(...Buffer.from('"\\{}[]:,.-+eE0123456789 \n')), fc.nat(255));
const damaged = fc
  .tuple(
    fc.oneof(batchText, singleText),
    fc.array(fc.tuple(fc.nat(), fc.nat(2), byte), { maxLength: 2 }),
  )
  .map(([payload, changes]) => {
    const bytes = [...Buffer.from(payload)];
    for (const [at, kind, value] of changes) {
      bytes.splice(at % (bytes.length + 1), kind === 0 ? 0 : 1, ...(kind === 2 ? [] : [value]));
    }
    return Uint8Array.from(bytes);
  });

describe('the short way of a payload', () => {
  it.each([
    ['a batch', encodeSampleBatch(BATCH), 2],
    ['one record', SINGLE, 1],
    ['a batch without samples', encodeSampleBatch({ ...BATCH, samples: [] }), 0],
  ])('takes %s as the long way does', (_what, payload, rows) => {
    expect(short(bytesOf(payload))).toEqual(long(bytesOf(payload)));
    expect(short(bytesOf(payload))).toMatchObject({ rows });
  });

  it('writes the lines of a batch', () => {
    expect(short(bytesOf(encodeSampleBatch(BATCH)))).toMatchObject({
      lines:
        '{"user":"Ana.Novak@mail.example","timeStamp":1655564444103,"x":1,"y":0,"z":-1}\n' +
        '{"user":"Ana.Novak@mail.example","timeStamp":1655564444123,"x":0.25,"y":-1.001,"z":0.000001}\n',
    });
  });

  it.each([
    ['white space', SINGLE.replace(':1,', ': 1,')],
    ['white space at the end', `${SINGLE}\n`],
    ['something behind the end', `${SINGLE}x`],
    ['another order', '{"timeStamp":1,"user":"a","x":1,"y":0,"z":0}'],
    ['the other spelling', SINGLE.replace('timeStamp', 'timestamp')],
    ['another key', SINGLE.replace('}', ',"w":1}')],
    ['an escape', SINGLE.replace('Ana', '\\u0041na')],
    ['letters beyond ASCII', SINGLE.replace('Ana', 'Án')],
    ['an empty user', SINGLE.replace('Ana.Novak@mail.example', '')],
    ['minus zero', SINGLE.replace('"z":0', '"z":-0')],
    ['an exponent', SINGLE.replace('"z":0', '"z":1e3')],
    ['a date too far', SINGLE.replace('1655564444103', '253402300800000')],
    ['a date before 1970', SINGLE.replace('1655564444103', '-1')],
    ['a date with a fraction', SINGLE.replace('1655564444103', '1.5')],
    ['a sample too short', '{"user":"a","session":"s","seq":0,"samples":[[1,0,0]]}'],
    ['a sample too long', '{"user":"a","session":"s","seq":0,"samples":[[1,0,0,0,0]]}'],
    ['a comma too many', '{"user":"a","session":"s","seq":0,"samples":[[1,0,0,0],]}'],
    ['no session', '{"user":"a","seq":0,"samples":[[1,0,0,0]]}'],
    ['a session too long', encodeSampleBatch({ ...BATCH, session: 's'.repeat(129) })],
    ['a user too long', encodeSampleBatch({ ...BATCH, user: 'u'.repeat(321) })],
    ['a seq with a fraction', encodeSampleBatch({ ...BATCH, seq: 0.5 })],
    ['nothing', ''],
  ])('leaves %s to the long way', (_what, payload) => {
    expect(short(bytesOf(payload))).toBeUndefined();
  });

  it('leaves every payload that was cut off to the long way', () => {
    for (const payload of [SINGLE, encodeSampleBatch(BATCH)]) {
      for (let length = 0; length < payload.length; length++) {
        expect(short(bytesOf(payload.slice(0, length)))).toBeUndefined();
      }
    }
  });

  it('leaves payloads that are too long to the long way, which refuses them', () => {
    const sample = [TIME, 1, 0, -1] as const;
    const batchOf = (samples: number): Uint8Array =>
      bytesOf(
        encodeSampleBatch({ ...BATCH, samples: Array.from({ length: samples }, () => sample) }),
      );
    const most = Math.floor((MAX_PAYLOAD_LENGTH - 70) / '[1655564444103,1,0,-1],'.length);
    expect(short(batchOf(most))).toMatchObject({ rows: most });
    expect(short(batchOf(most + 10))).toBeUndefined();
    expect(long(batchOf(most + 10))).toMatchObject({ reason: 'too-long' });
  });

  it('gives what the long way gives, byte by byte, for whatever it takes', () => {
    const counts = { taken: 0, left: 0 };
    const reader = new CanonicalPayloads();
    fc.assert(
      fc.property(damaged, (payload) => {
        const read = reader.read(payload);
        counts[read === undefined ? 'left' : 'taken']++;
        const given = read && { ...read, lines: Buffer.from(read.lines).toString() };
        expect(given).toEqual(given && long(payload));
      }),
      { numRuns: 8_000 },
    );
    expect(Math.min(counts.taken, counts.left)).toBeGreaterThan(1_000);
  });

  it.each([
    ['in step tests', stepTestPayloads],
    ['while somebody walks about', walkingPayloads],
  ])('takes everything that simulated phones send %s', (_when, payloadsOf) => {
    const payloads = payloadsOf();
    expect(payloads.length).toBeGreaterThan(50);
    for (const payload of payloads) expect(short(payload)).toEqual(long(payload));
  });
});

describe('a batch that grows', () => {
  const batch = (user: string, samples: number): Uint8Array =>
    bytesOf(
      encodeSampleBatch({
        user,
        session: 's',
        seq: 1,
        samples: Array.from({ length: samples }, () => [0, 0, 0, 0] as const),
      }),
    );

  it.each([
    ['the short way', 'a'],
    ['the long way, with letters of three bytes', '€'],
  ])('lands up to 1 MiB of lines, and is refused beyond it: %s', (_way, letter) => {
    const user = letter.repeat(320);
    const line = `{"user":"${user}","timeStamp":0,"x":0,"y":0,"z":0}\n`;
    const fitting = Math.floor(LINES_BYTES_MAX / Buffer.byteLength(line));
    const most = batch(user, fitting);
    expect(long(most)).toMatchObject({ rows: fitting });
    expect(short(most)).toEqual(letter === 'a' ? long(most) : undefined);
    const tooMany = batch(user, fitting + 1);
    expect(tooMany.length).toBeLessThan(MAX_PAYLOAD_LENGTH);
    expect(short(tooMany)).toBeUndefined();
    expect(long(tooMany)).toMatchObject({ reason: 'grows-too-large' });
    expect(long(batch(user, 6_400))).toMatchObject({ reason: 'grows-too-large' });
  });
});
