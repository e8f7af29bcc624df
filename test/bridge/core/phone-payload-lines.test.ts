import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPhonePayload } from '../../../bridge/core/phone-payload-lines.ts';
import { MAX_PAYLOAD_LENGTH } from '../../../firmware-protocol/index.ts';

const SINGLE = '{"user":"a@x","timeStamp":1655564444103,"x":0,"y":-0,"z":1.50}';

const linesOf = (text: string): string => {
  const read = readPhonePayload(Buffer.from(text));
  return read.kind === 'lines' ? Buffer.from(read.lines).toString() : read.reason;
};

describe('the long way of a payload', () => {
  it.each([
    ['numbers in other notations', SINGLE],
    ['the other spelling', SINGLE.replace('timeStamp', 'timestamp')],
    [
      'another order and white space',
      ' { "z":1.5, "y":0,"x":0,\n"timeStamp":1655564444103.0,"user":"a@x" } ',
    ],
    ['keys that nobody knows', SINGLE.replace('}', ',"battery":{"level":[1,2]}}')],
    ['escapes', SINGLE.replace('a@x', '\\u0061@x')],
  ])('lands the same record from %s', (_what, text) => {
    expect(linesOf(text)).toBe('{"user":"a@x","timeStamp":1655564444103,"x":0,"y":0,"z":1.5}\n');
  });

  it('tells batches apart by session and seq, and gives single records no identity', () => {
    const identityOf = (text: string): number | undefined => {
      const read = readPhonePayload(Buffer.from(text));
      return read.kind === 'lines' ? read.identity : undefined;
    };
    const batch = (session: string, seq: number): string =>
      JSON.stringify({ user: 'a', session, seq, samples: [[1, 0, 0, 0]] });
    expect(identityOf(batch('s', 1))).toBe(identityOf(` ${batch('s', 1)}`));
    const others = [batch('s', 1), batch('s', 2), batch('t', 1), batch('s', 2 ** 40)].map(
      identityOf,
    );
    expect(new Set(others).size).toBe(4);
    expect(identityOf(SINGLE)).toBeNaN();
  });

  const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
  it.each<[string, string, Uint8Array | string, string?]>([
    ['too-long', 'too many bytes', ' '.repeat(MAX_PAYLOAD_LENGTH + 1)],
    ['compressed', 'gzip', gzipSync(SINGLE)],
    ['compressed', 'gzip of a gigabyte', gzipSync(new Uint8Array(1 << 20))],
    ['byte-order-mark', 'a byte order mark', `\ufeff${SINGLE}`],
    ['not-utf8', 'Latin-1', Buffer.from(SINGLE.replace('a@x', 'é@x'), 'latin1')],
    ['not-utf8', 'UTF-16', Buffer.from(`\ufeff${SINGLE}`, 'utf16le')],
    ['not-utf8', 'half a surrogate pair as bytes', bytes(0x22, 0xed, 0xa0, 0x80, 0x22)],
    ['not-json', 'text', 'sensor offline'],
    ['too-deep', 'nested objects', SINGLE.replace('}', `,"a":${'['.repeat(99)}${']'.repeat(99)}}`)],
    ['duplicate-key', 'a key twice', SINGLE.replace('}', ',"x":0}')],
    ['forbidden-key', '__proto__', SINGLE.replace('}', ',"__proto__":{"user":"b"}}')],
    ['not-finite', 'NaN', SINGLE.replace('1.50', 'NaN')],
    ['not-finite', 'a number too large', SINGLE.replace('1.50', '1e400')],
    ['lone-surrogate', 'half a letter', SINGLE.replace('a@x', '\\ud800')],
    ['not-an-object', 'a list', '[]'],
    ['bad-user', 'a number for a user', SINGLE.replace('"a@x"', '5'), 'accelerometer_landing.user'],
    ['bad-sample', 'text for a number', SINGLE.replace('1.50', '"1"'), 'accelerometer_landing.z'],
    ['bad-sample', 'no seq', '{"user":"a","session":"s","samples":[]}', 'phone-payload.seq'],
  ])('refuses with %s: %s', (reason, _what, payload, rule) => {
    const given = typeof payload === 'string' ? Buffer.from(payload) : payload;
    expect(readPhonePayload(given)).toEqual({ kind: 'refused', reason, rule });
  });

  it('refuses what somebody has cut', () => {
    expect(readPhonePayload(Buffer.from(SINGLE), MAX_PAYLOAD_LENGTH)).toMatchObject({
      reason: 'too-long',
    });
  });

  it('says nothing of what it refuses but codes and names of its own', () => {
    const codes = /^[a-z0-9-]+ (|(accelerometer_landing|phone-payload)\.[a-zA-Z]+)$/;
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = readPhonePayload(Buffer.from(text));
        expect(read.kind === 'lines' ? 'lines ' : `${read.reason} ${read.rule ?? ''}`).toMatch(
          codes,
        );
      }),
    );
  });
});
