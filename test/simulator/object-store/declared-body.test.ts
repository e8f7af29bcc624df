import { describe, expect, it } from 'vitest';
import { BODY_BYTES_MAX, readDeclaredBody } from '../../../simulator/object-store/declared-body.ts';
import { fakeRequest, refusalCode, type FakeRequest } from './fake-request.ts';

const HASH: string = '0a'.repeat(32);
const TRAILED = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

async function refusal(fake: FakeRequest): Promise<string> {
  return refusalCode(() => readDeclaredBody(fakeRequest(fake)));
}

describe('the length of a body', () => {
  it('is the content length, or the decoded one of aws-chunked', () => {
    expect(readDeclaredBody(fakeRequest({ body: '12345' })).sizeBytes).toBe(5);
    const headers = { 'content-length': '99', 'x-amz-decoded-content-length': '5' };
    const chunked = fakeRequest({ headers, payloadHash: TRAILED });
    expect(readDeclaredBody(chunked).sizeBytes).toBe(5);
  });

  it('is zero for a request without a body', () => {
    const { 'content-length': _length, ...headers } = fakeRequest().headers;
    expect(readDeclaredBody({ ...fakeRequest(), headers }).sizeBytes).toBe(0);
  });

  it('has to be announced', async () => {
    expect(await refusal({ payloadHash: TRAILED })).toBe('MissingContentLength');
    const request = { ...fakeRequest(), headers: { 'transfer-encoding': 'chunked' } };
    expect(await refusalCode(() => readDeclaredBody(request))).toBe('MissingContentLength');
  });

  it('is bounded', async () => {
    const most = fakeRequest({ headers: { 'content-length': String(BODY_BYTES_MAX) } });
    expect(readDeclaredBody(most).sizeBytes).toBe(5 * 1024 ** 3);
    const more = { 'content-length': String(BODY_BYTES_MAX + 1) };
    expect(await refusal({ headers: more })).toBe('EntityTooLarge');
  });

  it.each(['-1', '1e3', '5,5', '', '9'.repeat(16)])('cannot be %j', async (length) => {
    const headers = { 'x-amz-decoded-content-length': length };
    expect(await refusal({ headers, payloadHash: TRAILED })).toBe('InvalidArgument');
  });
});

describe('the hashes of a body', () => {
  it('are read as far as they are there', () => {
    expect(readDeclaredBody(fakeRequest())).toMatchObject({ sha256: undefined, md5: undefined });
    const headers = { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==' };
    const request = fakeRequest({ payloadHash: HASH, headers });
    expect(readDeclaredBody(request)).toMatchObject({ sha256: HASH, md5: headers['content-md5'] });
  });

  it('have to be hashes', async () => {
    expect(await refusal({ payloadHash: 'none' })).toBe('InvalidArgument');
    expect(await refusal({ payloadHash: HASH.toUpperCase() })).toBe('InvalidArgument');
    expect(await refusal({ headers: { 'content-md5': 'AAAA' } })).toBe('InvalidDigest');
  });
});

describe('the checksum of a body', () => {
  it('comes as a header or as a trailer', () => {
    const inHeader = fakeRequest({ headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } });
    expect(readDeclaredBody(inHeader).checksum).toEqual({
      algorithm: 'CRC32',
      header: 'x-amz-checksum-crc32',
      value: 'AAAAAA==',
    });
    const inTrailer = fakeRequest({ headers: { 'x-amz-trailer': 'X-Amz-Checksum-SHA256' } });
    expect(readDeclaredBody(inTrailer).checksum).toEqual({
      algorithm: 'SHA256',
      header: 'x-amz-checksum-sha256',
      value: undefined,
    });
    expect(readDeclaredBody(fakeRequest()).checksum).toBeUndefined();
  });

  it.each([
    ['of two kinds', { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-crc32c': 'AAAAAA==' }],
    ['twice', { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-trailer': 'x-amz-checksum-crc32' }],
    ['of the wrong length', { 'x-amz-checksum-crc32': 'AAAA' }],
    ['that is announced and not there', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }],
    [
      'other than the announced one',
      { 'x-amz-sdk-checksum-algorithm': 'CRC32', 'x-amz-checksum-sha1': `${'A'.repeat(27)}=` },
    ],
    ['of an unknown kind', { 'x-amz-sdk-checksum-algorithm': 'XXHASH64' }],
    ['in a trailer that is none', { 'x-amz-trailer': 'x-amz-meta-late' }],
  ])('%s is refused', async (_name, headers) => {
    expect(await refusal({ headers })).toBe('InvalidRequest');
  });
});
