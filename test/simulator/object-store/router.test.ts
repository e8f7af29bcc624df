import { describe, expect, it } from 'vitest';
import { route, type Address } from '../../../simulator/object-store/router.ts';
import { refusalCode } from './fake-request.ts';

function address(
  method: string,
  path: readonly [bucket?: string, key?: string],
  query: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Address {
  const [bucket = '', key = ''] = path;
  return { method, bucket, key, query: new Map(Object.entries(query)), headers };
}

const COPY = { 'x-amz-copy-source': 'b/k' };

describe('routing', () => {
  it.each([
    ['ListBuckets', address('GET', [])],
    ['CreateBucket', address('PUT', ['b'])],
    ['HeadBucket', address('HEAD', ['b'])],
    ['DeleteBucket', address('DELETE', ['b'])],
    ['ListObjectsV2', address('GET', ['b'], { 'list-type': '2', prefix: 'p' })],
    ['DeleteObjects', address('POST', ['b'], { delete: '' })],
    ['PutObject', address('PUT', ['b', 'k'])],
    ['GetObject', address('GET', ['b', 'k'])],
    ['HeadObject', address('HEAD', ['b', 'k'])],
    ['DeleteObject', address('DELETE', ['b', 'k'])],
    ['CopyObject', address('PUT', ['b', 'k'], {}, COPY)],
    ['CreateMultipartUpload', address('POST', ['b', 'k'], { uploads: '' })],
    ['UploadPart', address('PUT', ['b', 'k'], { partNumber: '1', uploadId: 'u' })],
    ['ListParts', address('GET', ['b', 'k'], { uploadId: 'u' })],
    ['CompleteMultipartUpload', address('POST', ['b', 'k'], { uploadId: 'u' })],
    ['AbortMultipartUpload', address('DELETE', ['b', 'k'], { uploadId: 'u' })],
  ])('finds %s', (name, request) => {
    expect(route(request).name).toBe(name);
  });

  it('lets pass what signers and the SDK add', () => {
    const query = { 'X-Amz-Signature': 's', 'x-amz-meta-a': 'moved', 'x-id': 'GetObject' };
    const headers = {
      'x-amz-content-sha256': 'h',
      'x-amz-date': 'd',
      'x-amz-meta-a': 'm',
      'x-amz-checksum-crc64nvme': 'c',
      'x-amz-acl': 'private',
      'x-amz-storage-class': 'STANDARD',
      'user-agent': 'any',
    };
    expect(route(address('GET', ['b', 'k'], query, headers)).name).toBe('GetObject');
  });

  it.each([
    ['an old listing', address('GET', ['b'])],
    ['a subresource', address('GET', ['b', 'k'], { acl: '' })],
    ['a version', address('GET', ['b', 'k'], { versionId: 'v' })],
    ['a response header', address('GET', ['b', 'k'], { 'response-content-type': 't' })],
    ['a bucket policy', address('PUT', ['b'], { policy: '' })],
    ['a form upload', address('POST', ['b'])],
    ['a part number alone', address('PUT', ['b', 'k'], { partNumber: '1' })],
    ['a part that is copied', address('PUT', ['b', 'k'], { partNumber: '1', uploadId: 'u' }, COPY)],
    ['encryption', address('PUT', ['b', 'k'], {}, { 'x-amz-server-side-encryption': 'AES256' })],
    ['an open ACL', address('PUT', ['b', 'k'], {}, { 'x-amz-acl': 'public-read' })],
    ['a storage class', address('PUT', ['b', 'k'], {}, { 'x-amz-storage-class': 'GLACIER' })],
    ['an unknown checksum', address('PUT', ['b', 'k'], {}, { 'x-amz-checksum-md5': 'x' })],
  ])('refuses %s rather than to ignore it', async (_name, request) => {
    expect(await refusalCode(() => route(request))).toBe('NotImplemented');
  });

  it.each(['OPTIONS', 'PATCH', 'get'])('does not allow %s', async (method) => {
    expect(await refusalCode(() => route(address(method, ['b'])))).toBe('MethodNotAllowed');
  });
});
