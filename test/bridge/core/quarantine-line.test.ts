import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOfLatin1,
  decodeQuarantinedBytes,
  decodeUtf8,
  encodeQuarantineLine,
  ORIGINAL_BYTES_MAX,
} from '../../../bridge/core/quarantine-line.ts';

const ENTRY = { reason: 'garbled-line', source: '/dev/ttyUSB0', arrivedAt: 17 };

function encode(entry: Partial<Parameters<typeof encodeQuarantineLine>[0]>): string {
  const original = new Uint8Array();
  return Buffer.from(encodeQuarantineLine({ ...ENTRY, original, ...entry })).toString();
}

describe('a line of quarantine', () => {
  it('tells reason, rule, source, position and time, and keeps the bytes', () => {
    const original = Buffer.from('$R,7F3A "ä"\r');
    expect(encode({ rule: 'STL-FRAME-003', position: 4, original })).toBe(
      '{"reason":"garbled-line","rule":"STL-FRAME-003","source":"/dev/ttyUSB0","position":4,"arrivedAt":17,"encoding":"utf8","original":"$R,7F3A \\"ä\\"\\r"}\n',
    );
  });

  it('leaves out what is not known, and writes bytes that are no text as base64', () => {
    const original = new Uint8Array([0xff, 0x00, 0x0a, 0x80]);
    expect(encode({ original })).toBe(
      '{"reason":"garbled-line","source":"/dev/ttyUSB0","arrivedAt":17,"encoding":"base64","original":"/wAKgA=="}\n',
    );
  });

  it('keeps a topic of somebody else beside the original', () => {
    expect(JSON.parse(encode({ originalTopic: 'a/"b"' }))).toMatchObject({
      originalTopic: 'a/"b"',
    });
  });

  it('is one line, and gives back any bytes as they were', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary' }).map((text) => new Uint8Array(Buffer.from(text))),
      fc.constant(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b])),
    );
    fc.assert(
      fc.property(bytes, (original) => {
        const text = encode({ original });
        expect(text.indexOf('\n')).toBe(text.length - 1);
        const row = JSON.parse(text) as { encoding: string; original: string };
        expect([...decodeQuarantinedBytes(row.encoding, row.original)]).toEqual([...original]);
      }),
    );
  });

  it('of a very long original keeps the beginning and says how long it was', () => {
    const row = JSON.parse(encode({ original: new Uint8Array(ORIGINAL_BYTES_MAX).fill(0x61) }));
    expect(row).not.toHaveProperty('originalBytes');
    const long = JSON.parse(
      encode({ original: new Uint8Array(ORIGINAL_BYTES_MAX + 1).fill(0x80) }),
    );
    expect(long).toMatchObject({ encoding: 'base64', originalBytes: ORIGINAL_BYTES_MAX + 1 });
    const { original } = long as { original: string };
    expect(decodeQuarantinedBytes('base64', original)).toHaveLength(ORIGINAL_BYTES_MAX);
  });
});

describe('decodeUtf8', () => {
  it.each([
    ['text', [0x61, 0xc3, 0xa4], 'aä'],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
    ['a broken letter', [0x61, 0xc3], undefined],
    ['half a surrogate pair', [0xed, 0xa0, 0x80], undefined],
    ['too many bytes for a letter', [0xc1, 0xa1], undefined],
  ])('reads %s', (_what, bytes, text) => {
    expect(decodeUtf8(new Uint8Array(bytes))).toBe(text);
  });
});

describe('bytesOfLatin1', () => {
  it('gives one byte for each character', () => {
    expect([...bytesOfLatin1('a\u00ff\u0000')]).toEqual([0x61, 0xff, 0]);
  });
});
