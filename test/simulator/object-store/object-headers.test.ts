import { describe, expect, it } from 'vitest';
import { readObjectHeaders } from '../../../simulator/object-store/object-headers.ts';
import { refusalCode } from './fake-request.ts';

describe('the headers of an object', () => {
  it('are those that describe it, and user metadata', () => {
    const kept = {
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'cache-control': 'no-store',
      'content-disposition': 'attachment',
      'content-language': 'en',
      expires: 'Sat, 18 Jun 2022 15:00:00 GMT',
      'x-amz-meta-bridge': 'b-1',
    };
    const dropped = { host: 'example', 'content-length': '1', 'x-amz-date': 'x', etag: 'x' };
    expect(readObjectHeaders({ ...kept, ...dropped })).toEqual(kept);
  });

  it('have the content type that S3 gives where there is none', () => {
    expect(readObjectHeaders({})).toEqual({ 'content-type': 'binary/octet-stream' });
  });

  it.each([
    ['aws-chunked', undefined],
    ['aws-chunked,gzip', 'gzip'],
    ['gzip, aws-chunked', 'gzip'],
    ['gzip,br', 'gzip,br'],
  ])('do not tell how the upload was framed: %s becomes %s', (encoding, expected) => {
    const headers = readObjectHeaders({ 'content-encoding': encoding });
    expect(headers['content-encoding']).toBe(expected);
  });

  it('hold 2048 bytes of metadata, names without their prefix', async () => {
    const most = { 'x-amz-meta-name': 'v'.repeat(2044) };
    expect(readObjectHeaders(most)).toMatchObject(most);
    const more = { 'x-amz-meta-name': 'v'.repeat(2045) };
    expect(await refusalCode(() => readObjectHeaders(more))).toBe('MetadataTooLarge');
  });
});
