import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { receiveBody, receiveText } from '../../../simulator/object-store/received-body.ts';
import { fakeRequest, refusalCode, type FakeRequest } from './fake-request.ts';

const CRC32 = { 'x-amz-checksum-crc32': 'y/Q5Jg==' };

async function receive(fake: FakeRequest): Promise<{ text: string; receipt: unknown }> {
  const taken: Buffer[] = [];
  const receipt = await receiveBody(fakeRequest(fake), (piece) => {
    taken.push(piece);
  });
  return { text: Buffer.concat(taken).toString(), receipt };
}

async function refusal(fake: FakeRequest): Promise<string> {
  return refusalCode(async () => receive(fake));
}

describe('receiving a body', () => {
  it('hands on the bytes and gives size, MD5 and checksum', async () => {
    expect(await receive({ body: '123456789', headers: CRC32 })).toEqual({
      text: '123456789',
      receipt: {
        sizeBytes: 9,
        md5: '25f9e794323b453885f5181f1b624d0b',
        checksum: { algorithm: 'CRC32', value: 'y/Q5Jg==', type: 'FULL_OBJECT' },
      },
    });
  });

  it('waits for each piece to be taken', async () => {
    let busy = 0;
    let most = 0;
    await receiveBody(fakeRequest({ body: 'x'.repeat(50) }), async () => {
      busy += 1;
      most = Math.max(most, busy);
      await Promise.resolve();
      busy -= 1;
    });
    expect(most).toBe(1);
  });

  it.each([
    ['shorter than announced', { headers: { 'content-length': '10' } }, 'IncompleteBody'],
    ['longer than announced', { headers: { 'content-length': '8' } }, 'IncompleteBody'],
    ['of another SHA-256', { payloadHash: 'ab'.repeat(32) }, 'XAmzContentSHA256Mismatch'],
    ['of another MD5', { headers: { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==' } }, 'BadDigest'],
    ['of another checksum', { headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } }, 'BadDigest'],
    [
      'without its trailer',
      { headers: { 'x-amz-trailer': 'x-amz-checksum-crc32' } },
      'MalformedTrailerError',
    ],
  ])('refuses one %s', async (_name, fake, code) => {
    expect(await refusal({ body: '123456789', ...fake })).toBe(code);
  });

  it('verifies the SHA-256 that was signed', async () => {
    const payloadHash = createHash('sha256').update('123456789').digest('hex');
    expect((await receive({ body: '123456789', payloadHash })).text).toBe('123456789');
  });

  it('unpacks aws-chunked and verifies its trailer', async () => {
    const chunked = (checksum: string): FakeRequest => ({
      body: `9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:${checksum}\r\n\r\n`,
      payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      headers: { 'x-amz-decoded-content-length': '9', 'x-amz-trailer': 'x-amz-checksum-crc32' },
    });
    expect((await receive(chunked('y/Q5Jg=='))).text).toBe('123456789');
    expect(await refusal(chunked('AAAAAA=='))).toBe('BadDigest');
  });

  it('ends with what the taker throws', async () => {
    const full = new RangeError('full');
    const receiving = receiveBody(fakeRequest({ body: 'x' }), () => {
      throw full;
    });
    await expect(receiving).rejects.toBe(full);
  });
});

describe('receiving a text', () => {
  it('decodes UTF-8 over the borders of pieces', async () => {
    expect(await receiveText(fakeRequest({ body: 'ünïcödé 🏃'.repeat(5) }), 1000)).toBe(
      'ünïcödé 🏃'.repeat(5),
    );
  });

  it('refuses more than its bound', async () => {
    const text = async (): Promise<string> => receiveText(fakeRequest({ body: '0123456789' }), 9);
    expect(await refusalCode(text)).toBe('MaxMessageLengthExceeded');
    expect(await receiveText(fakeRequest({ body: '0123456789' }), 10)).toBe('0123456789');
  });
});
