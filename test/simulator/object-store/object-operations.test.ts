import { describe, expect, it } from 'vitest';
import { codeOf, sendSigned, type Endpoint, type RawResponse } from './signed-request.ts';
import { BUCKET, runStore } from './running-store.ts';
import { openFilesBelow } from './temporary-folder.ts';

const PATH = `/${BUCKET}/key`;

async function send(
  endpoint: Endpoint,
  method: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<RawResponse> {
  return sendSigned(endpoint, { method, path: PATH, headers, body });
}

describe('GetObject', () => {
  it('tells the size of the object when a range is behind its end', async () => {
    const { endpoint } = await runStore();
    await send(endpoint, 'PUT', {}, '0123456789');
    const refused = await send(endpoint, 'GET', { range: 'bytes=10-20' });
    expect([refused.status, codeOf(refused)]).toEqual([416, 'InvalidRange']);
    expect(refused.headers['content-range']).toBe('bytes */10');
    expect(refused.body).toContain('<ActualObjectSize>10</ActualObjectSize>');
  });

  it('gives the whole for what is no single range', async () => {
    const { endpoint } = await runStore();
    await send(endpoint, 'PUT', {}, '0123456789');
    const whole = await send(endpoint, 'GET', { range: 'bytes=0-1,4-5' });
    expect([whole.status, whole.body]).toEqual([200, '0123456789']);
  });

  it('gives the checksum only of a whole object, and only when asked', async () => {
    const { endpoint } = await runStore();
    await send(endpoint, 'PUT', { 'x-amz-checksum-crc32': 'y/Q5Jg==' }, '123456789');
    const mode = { 'x-amz-checksum-mode': 'ENABLED' };
    const asked = await send(endpoint, 'GET', mode);
    expect(asked.headers['x-amz-checksum-crc32']).toBe('y/Q5Jg==');
    expect(asked.headers['x-amz-checksum-type']).toBe('FULL_OBJECT');
    for (const headers of [{}, { ...mode, range: 'bytes=0-3' }]) {
      const plain = await send(endpoint, 'GET', headers);
      expect(plain.headers).not.toHaveProperty('x-amz-checksum-crc32');
    }
  });

  it('leaves no file open, whatever it answers', async () => {
    const { endpoint, root } = await runStore();
    const put = await send(endpoint, 'PUT', {}, '0123456789');
    const etag = put.headers.etag ?? '';
    const statuses: number[] = [];
    for (const headers of [
      {},
      { range: 'bytes=2-3' },
      { range: 'bytes=99-' },
      { 'if-none-match': etag },
      { 'if-match': '"other"' },
    ]) {
      statuses.push((await send(endpoint, 'GET', headers)).status);
    }
    expect(statuses).toEqual([200, 206, 416, 304, 412]);
    await expect.poll(async () => openFilesBelow(root)).toEqual([]);
  });
});

describe('HeadObject', () => {
  it('answers a range like GetObject, without the bytes', async () => {
    const { endpoint } = await runStore();
    await send(endpoint, 'PUT', {}, '0123456789');
    const head = await send(endpoint, 'HEAD', { range: 'bytes=2-4' });
    expect([head.status, head.body]).toEqual([206, '']);
    expect(head.headers).toMatchObject({ 'content-length': '3', 'content-range': 'bytes 2-4/10' });
  });

  it('says why only by its status', async () => {
    const { endpoint } = await runStore();
    const head = await send(endpoint, 'HEAD');
    expect([head.status, head.body]).toEqual([404, '']);
  });
});

describe('DeleteObject', () => {
  it('obeys If-Match', async () => {
    const { endpoint } = await runStore();
    const put = await send(endpoint, 'PUT', {}, 'x');
    const stale = await send(endpoint, 'DELETE', { 'if-match': '"other"' });
    expect([stale.status, codeOf(stale)]).toEqual([412, 'PreconditionFailed']);
    const right = await send(endpoint, 'DELETE', { 'if-match': put.headers.etag ?? '' });
    expect(right.status).toBe(204);
    expect((await send(endpoint, 'HEAD')).status).toBe(404);
  });
});

describe('PutObject', () => {
  it('returns metadata in UTF-8 byte by byte', async () => {
    const { endpoint } = await runStore();
    const headers = { 'x-amz-meta-note': Buffer.from('größe 🏃', 'utf8').toString('latin1') };
    expect((await send(endpoint, 'PUT', headers, 'x')).status).toBe(200);
    expect((await send(endpoint, 'HEAD')).headers).toMatchObject(headers);
  });

  it('refuses a body that is announced larger than 5 GiB before it comes', async () => {
    const { endpoint } = await runStore();
    const headers = {
      'x-amz-decoded-content-length': String(5 * 1024 ** 3 + 1),
      'content-encoding': 'aws-chunked',
    };
    const payloadHash = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    const request = { method: 'PUT', path: PATH, headers, payloadHash };
    const response = await sendSigned(endpoint, request);
    expect([response.status, codeOf(response)]).toEqual([400, 'EntityTooLarge']);
  });
});
