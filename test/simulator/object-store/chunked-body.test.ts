import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chunkedVariant,
  decodeChunkedBody,
  type ChunkedForm,
} from '../../../simulator/object-store/chunked-body.ts';
import { deriveSigningKey } from '../../../simulator/object-store/signing-key.ts';
import { pieces, refusalCode } from './fake-request.ts';
import { signedChunks } from './signed-request.ts';

/** The chunked PUT of the Amazon S3 API reference, "Transferring Payload in Multiple Chunks": 66,560 letters a. */
const SCOPE = '20130524/us-east-1/s3/aws4_request';
const SIGNING = {
  key: deriveSigningKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', SCOPE),
  timestamp: '20130524T000000Z',
  scope: SCOPE,
  signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
};
const REFERENCE_BODY: string = [
  `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648`,
  'a'.repeat(65_536),
  `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497`,
  'a'.repeat(1024),
  `0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9`,
  '',
  '',
].join('\r\n');

interface Variant {
  readonly signed: boolean;
  readonly trailer: boolean;
}

async function decode(
  body: string | Buffer,
  variant: Variant,
  pieceBytes = 1000,
): Promise<{ text: string; trailers: [string, string][] }> {
  const form: ChunkedForm = {
    ...variant,
    seedSignature: SIGNING.signature,
    context: SIGNING,
    trailers: new Map(),
  };
  const taken: Buffer[] = [];
  for await (const piece of decodeChunkedBody(pieces(Buffer.from(body), pieceBytes), form)) {
    taken.push(piece);
  }
  return { text: Buffer.concat(taken).toString('latin1'), trailers: [...form.trailers] };
}

const SIGNED: Variant = { signed: true, trailer: false };
const SIGNED_TRAILER: Variant = { signed: true, trailer: true };
const UNSIGNED_TRAILER: Variant = { signed: false, trailer: true };

describe('signed chunks', () => {
  it.each([1, 7, 1000, 100_000])('of the reference are decoded in pieces of %i', async (size) => {
    const { text } = await decode(REFERENCE_BODY, SIGNED, size);
    expect(text).toBe('a'.repeat(66_560));
  });

  it.each([
    ['a byte of a chunk', 'aaa\r\n400', 'aab\r\n400'],
    ['a chunk signature', '=ad80', '=ad81'],
    ['the last signature', '=b6c6', '=b6c7'],
  ])('are refused with another %s', async (_name, from, to) => {
    const tampered = REFERENCE_BODY.replace(from, to);
    expect(tampered).not.toBe(REFERENCE_BODY);
    expect(await refusalCode(async () => decode(tampered, SIGNED))).toBe('SignatureDoesNotMatch');
  });

  it('are refused when a whole chunk is taken out', async () => {
    const [head, , tailHead, tail, ...end] = REFERENCE_BODY.split('\r\n');
    expect(head).toMatch(/^10000;/);
    const shortened = [tailHead, tail, ...end].join('\r\n');
    expect(await refusalCode(async () => decode(shortened, SIGNED))).toBe('SignatureDoesNotMatch');
  });

  it('are refused without signatures, and unsigned ones with them', async () => {
    const unsigned = '3\r\nabc\r\n0\r\n\r\n';
    expect(await refusalCode(async () => decode(unsigned, SIGNED))).toBe('InvalidRequest');
    const signed = refusalCode(async () => decode(REFERENCE_BODY, UNSIGNED_TRAILER));
    expect(await signed).toBe('InvalidRequest');
  });

  it('carry a signed trailer', async () => {
    const chunks = [Buffer.from('one'), Buffer.from('two')];
    const body = signedChunks(SIGNING, chunks, ['x-amz-checksum-crc32', 'AAAAAA==']);
    expect(await decode(body, SIGNED_TRAILER)).toEqual({
      text: 'onetwo',
      trailers: [['x-amz-checksum-crc32', 'AAAAAA==']],
    });
    const tampered = body.toString().replace('AAAAAA==', 'AAAAAQ==');
    const refusal = refusalCode(async () => decode(tampered, SIGNED_TRAILER));
    expect(await refusal).toBe('SignatureDoesNotMatch');
    const unsigned = body.toString().replace(/x-amz-trailer-signature:.*\r\n/, '');
    const missing = refusalCode(async () => decode(unsigned, SIGNED_TRAILER));
    expect(await missing).toBe('SignatureDoesNotMatch');
  });

  it('of any cut give back what went in', async () => {
    const chunkLists = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(chunkLists, fc.integer({ min: 1, max: 50 }), async (chunks, pieceBytes) => {
        const buffers = chunks.map((chunk) => Buffer.from(chunk));
        const { text } = await decode(signedChunks(SIGNING, buffers), SIGNED, pieceBytes);
        expect(text).toBe(Buffer.concat(buffers).toString('latin1'));
      }),
    );
  });
});

describe('unsigned chunks', () => {
  it('give their bytes and trailers, names in lower case', async () => {
    const body = '3\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Amz-Checksum-CRC32: AAAAAA==\r\n\r\n';
    expect(await decode(body, UNSIGNED_TRAILER)).toEqual({
      text: 'abc0123456789',
      trailers: [['x-amz-checksum-crc32', 'AAAAAA==']],
    });
  });

  it.each([
    ['ends in a chunk', '5\r\nabc', 'IncompleteBody'],
    ['ends before its last chunk', '3\r\nabc\r\n', 'IncompleteBody'],
    ['ends before the empty line', '0\r\n', 'IncompleteBody'],
    ['has a chunk longer than it says', '3\r\nabcd\r\n0\r\n\r\n', 'InvalidRequest'],
    ['has a length that is none', 'x\r\nabc\r\n0\r\n\r\n', 'InvalidRequest'],
    ['has a negative length', '-1\r\n\r\n', 'InvalidRequest'],
    ['has a length beyond all bounds', 'ffffffffff\r\n', 'InvalidRequest'],
    ['has an extension it should not', '3;name=x\r\nabc\r\n0\r\n\r\n', 'InvalidRequest'],
    ['goes on behind its end', '0\r\n\r\nmore', 'InvalidRequest'],
    ['has a trailer without a name', '0\r\n: value\r\n\r\n', 'MalformedTrailerError'],
    ['has a trailer without a colon', '0\r\nvalue\r\n\r\n', 'MalformedTrailerError'],
    ['has trailers without end', `0\r\n${trailers(20)}\r\n`, 'MalformedTrailerError'],
    ['has a line without end', 'f'.repeat(10_000), 'InvalidRequest'],
  ])('a body that %s is refused', async (_name, body, code) => {
    expect(await refusalCode(async () => decode(body, UNSIGNED_TRAILER))).toBe(code);
  });
});

describe('the forms of aws-chunked', () => {
  it('are told by x-amz-content-sha256', async () => {
    expect(chunkedVariant('UNSIGNED-PAYLOAD')).toBeUndefined();
    expect(chunkedVariant('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')).toEqual(SIGNED);
    expect(chunkedVariant('STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER')).toEqual(SIGNED_TRAILER);
    expect(chunkedVariant('STREAMING-UNSIGNED-PAYLOAD-TRAILER')).toEqual(UNSIGNED_TRAILER);
    const ecdsa = 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD';
    expect(await refusalCode(() => chunkedVariant(ecdsa))).toBe('NotImplemented');
  });
});

function trailers(count: number): string {
  return Array.from({ length: count }, (_, index) => `name-${index}: x\r\n`).join('');
}
