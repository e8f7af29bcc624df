import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  effectiveHeaders,
  receiveRequest,
  splitPath,
} from '../../../simulator/object-store/s3-request.ts';
import { fakeRequest, refusalCode } from './fake-request.ts';

function message(url: string, headers: Record<string, string[]> = {}): IncomingMessage {
  const incoming = new IncomingMessage(new Socket());
  return Object.assign(incoming, { url, method: 'GET', headersDistinct: headers });
}

describe('reading a request', () => {
  it('decodes path and query, and resolves nothing', () => {
    const request = receiveRequest(
      message('/b/a%2F..%2Fb//c%20%C3%BC+?prefix=a+b%2B&delete&x=1=2'),
    );
    expect(request.path).toBe('/b/a/../b//c ü+');
    expect(request.query).toEqual([
      ['prefix', 'a b+'],
      ['delete', ''],
      ['x', '1=2'],
    ]);
  });

  it('joins repeated headers', () => {
    const request = receiveRequest(message('/', { 'x-amz-meta-a': ['1', '2'], host: ['h'] }));
    expect(request.headers).toEqual({ 'x-amz-meta-a': '1,2', host: 'h' });
  });

  it.each(['/%', '/%zz', '/%ff', '/?a=%c3', '*', 'http://host/path', ''])(
    'refuses the target %j',
    async (url) => {
      expect(await refusalCode(() => receiveRequest(message(url)))).toBe('InvalidURI');
    },
  );
});

describe('splitting a path', () => {
  it.each([
    ['/', '', ''],
    ['/bucket', 'bucket', ''],
    ['/bucket/', 'bucket', ''],
    ['/bucket/key', 'bucket', 'key'],
    ['/bucket//key', 'bucket', '/key'],
    ['/bucket/../key', 'bucket', '../key'],
    ['/../key', '..', 'key'],
  ])('%s is bucket %j and key %j', (path, bucket, key) => {
    expect(splitPath(path)).toEqual({ bucket, key });
  });

  it('refuses keys of more than 1024 bytes', async () => {
    expect(splitPath(`/b/${'ü'.repeat(512)}`).key).toHaveLength(512);
    const long = refusalCode(() => splitPath(`/b/${'ü'.repeat(512)}x`));
    expect(await long).toBe('KeyTooLongError');
  });
});

describe('the headers of a presigned URL', () => {
  const received = {
    ...receiveRequest(message('/b/k?x-amz-meta-a=query&x-amz-meta-b=query&prefix=p')),
    headers: { 'x-amz-meta-b': 'header' },
  };
  const { signature } = fakeRequest();

  it('may stand in its query; real ones come first', () => {
    expect(effectiveHeaders(received, { ...signature, kind: 'presigned' })).toEqual({
      'x-amz-meta-a': 'query',
      'x-amz-meta-b': 'header',
    });
  });

  it('may not when the headers are signed', () => {
    expect(effectiveHeaders(received, signature)).toEqual({ 'x-amz-meta-b': 'header' });
  });
});
