import { readdir } from 'node:fs/promises';
import { Agent, request as httpRequest, type ClientRequest } from 'node:http';
import { dirname, join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withResolvers } from './with-resolvers.ts';
import { runClient, type RunningClient } from './running-client.ts';
import { BUCKET } from './running-store.ts';
import {
  codeOf,
  presign,
  sendRaw,
  sendSigned,
  sha256,
  signInHeaders,
  type Endpoint,
} from './signed-request.ts';

const LARGE: Buffer = Buffer.alloc(4 * 1024 ** 2, 'x');

/** Every file and folder below the temp folder that holds the store. */
async function everythingAround({ root }: RunningClient): Promise<string[]> {
  return readdir(dirname(root), { recursive: true });
}

/** A PUT of which the headers and the first bytes are sent, and nothing more. */
function beginPut({ url, ...endpoint }: Endpoint, bytes: Buffer): ClientRequest {
  const path = `/${BUCKET}/half`;
  const raw = {
    method: 'PUT',
    path,
    body: bytes,
    headers: { 'content-length': `${bytes.length}` },
  };
  const { headers } = signInHeaders({ url, ...endpoint }, raw);
  const { hostname, port } = new URL(url);
  const outgoing = httpRequest({ hostname, port, path, method: 'PUT', headers, agent: false });
  outgoing.on('error', () => undefined);
  outgoing.write(bytes.subarray(0, bytes.length / 2));
  return outgoing;
}

describe('keys', () => {
  it.each([
    '..%2f..%2f..%2fescaped',
    '../../../escaped',
    '%2e%2e/%2e%2e/%2e%2e/escaped',
    '/escaped',
    '//escaped',
    '.',
    '..',
    '%00',
    'a%00b/../../escaped',
    '%5c..%5c..%5cescaped',
    '%ef%bc%8e%ef%bc%8e/escaped',
    `${'..%2f'.repeat(300)}escaped`,
    'k'.repeat(1024),
    '~0a',
    '%252e%252e%252fescaped',
  ])('stay in the bucket and come back: %s', async (path) => {
    const running = await runClient();
    const { endpoint } = running;
    // The signature covers the decoded path with its slashes left alone, as S3 has it.
    const key = decodeURIComponent(path);
    const canonical = key
      .split('/')
      .map((part) => encodeURIComponent(part).replaceAll(/[!'()*]/g, escapeCharacter))
      .join('/');
    const before = await everythingAround(running);
    for (const [method, body] of [
      ['PUT', 'held'],
      ['GET', ''],
    ] as const) {
      const signed = signInHeaders(endpoint, { method, path: `/${BUCKET}/${canonical}`, body });
      const target = `/${BUCKET}/${path}`;
      const response = await sendRaw(endpoint, { ...signed, method, target });
      const tooLong = Buffer.byteLength(key) > 1024;
      expect([200, tooLong ? 400 : 200]).toContain(response.status);
      expect(tooLong || method === 'PUT' || response.body === 'held').toBe(true);
    }
    const objects = join('store', 'buckets', BUCKET, 'objects');
    const added = (await everythingAround(running)).filter((path) => !before.includes(path));
    expect(added.filter((path) => dirname(path) !== objects)).toEqual([]);
    expect(added.length).toBeLessThanOrEqual(1);
  });

  it.each(['/..%2f..', '/../x', '/%2e%2e/x', '/./x', '/a%2f..%2f..%2fb/x', '/A/x', '/%00/x'])(
    'cannot make a bucket of %s',
    async (path) => {
      const running = await runClient();
      const before = await everythingAround(running);
      const canonical = decodeURIComponent(path)
        .split('/')
        .map((part) => encodeURIComponent(part))
        .join('/');
      const signed = signInHeaders(running.endpoint, { method: 'PUT', path: canonical, body: 'x' });
      const sent = { ...signed, method: 'PUT', target: path };
      const response = await sendRaw(running.endpoint, sent);
      expect(codeOf(response)).toMatch(/^(InvalidBucketName|NoSuchBucket)$/);
      expect(await everythingAround(running)).toEqual(before);
    },
  );
});

/** A store, and the moment at which the first request has come to it. */
async function runWaiting(): Promise<{ running: RunningClient; begun: Promise<void> }> {
  const { promise: begun, resolve } = withResolvers();
  const fault = (): undefined => {
    resolve();
  };
  return { running: await runClient({ fault }), begun };
}

describe('an upload that the client breaks off', () => {
  it('leaves neither an object nor a file', async () => {
    const { running, begun } = await runWaiting();
    const outgoing = beginPut(running.endpoint, LARGE);
    await begun;
    outgoing.destroy();
    await running.store.close();
    const files = await everythingAround(running);
    expect(files.filter((path) => /incoming\/|objects\//.test(path))).toEqual([]);
  });

  it('is also broken off by closing the store', async () => {
    const { running, begun } = await runWaiting();
    const outgoing = beginPut(running.endpoint, LARGE);
    const dropped = new Promise((resolve) => outgoing.once('close', resolve));
    await begun;
    await Promise.all([running.store.close(), dropped]);
    const files = await everythingAround(running);
    expect(files.filter((path) => /incoming\/|objects\//.test(path))).toEqual([]);
  });
});

describe('a request that is refused', () => {
  const path = `/${BUCKET}/key`;
  const chunked = {
    method: 'PUT',
    path,
    headers: { 'x-amz-decoded-content-length': String(LARGE.length) },
    payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    body: (): Buffer =>
      Buffer.concat([Buffer.from(`1;chunk-signature=${'0'.repeat(64)}\r\nx\r\n`), LARGE]),
  };
  const plain = { method: 'PUT', path, body: LARGE };

  it.each([
    ['before its body was read', plain, 'wrong-secret'],
    ['in the middle of its body', chunked, 'test-secret'],
  ])('%s gets its answer, and the connection lives on', async (_name, raw, secretAccessKey) => {
    const { endpoint } = await runClient();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const credentials = { ...endpoint.credentials, secretAccessKey };
    const signed = signInHeaders({ ...endpoint, credentials }, raw);
    const refused = await sendRaw(endpoint, { ...signed, method: 'PUT', agent });
    expect([refused.status, codeOf(refused)]).toEqual([403, 'SignatureDoesNotMatch']);
    const next = await sendRaw(endpoint, { method: 'GET', target: '/', agent });
    expect([next.status, next.localPort]).toEqual([403, refused.localPort]);
  });

  it('is told by code, message, resource and an id of its own', async () => {
    const { endpoint } = await runClient();
    const first = await sendRaw(endpoint, { method: 'GET', target: '/b/k' });
    const second = await sendRaw(endpoint, { method: 'GET', target: '/b/k' });
    expect(first.headers['content-type']).toBe('application/xml');
    expect(first.body).toMatch(/<Code>AccessDenied<\/Code><Message>.+<\/Message><Resource>\/b\/k</);
    expect(first.headers['x-amz-request-id']).toMatch(/^[0-9A-F]{16}$/);
    expect(first.headers['x-amz-request-id']).not.toBe(second.headers['x-amz-request-id']);
  });
});

describe('many requests at a time', () => {
  it('do not get into each other’s way', async () => {
    const { s3, endpoint } = await runClient();
    const bodies = Array.from({ length: 20 }, (_, index) => Buffer.alloc(100_000, `${index}`));
    await Promise.all(
      bodies.map(async (Body, index) =>
        s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: `key-${index}`, Body })),
      ),
    );
    const paths = bodies.map((_, index) => `/${BUCKET}/key-${index}`);
    const got = await Promise.all(
      paths.map(async (path) => sendSigned(endpoint, { method: 'GET', path })),
    );
    expect(got.map(({ body }) => sha256(body))).toEqual(bodies.map((body) => sha256(body)));
  });
});

describe('a presigned URL', () => {
  it('may carry headers of the protocol in its query', async () => {
    const { endpoint } = await runClient();
    const path = `/${BUCKET}/presigned`;
    const query = { 'x-amz-meta-source': 'query', 'x-id': 'PutObject' };
    const target = presign(endpoint, { method: 'PUT', path, query, expiresSeconds: 60 });
    expect((await sendRaw(endpoint, { method: 'PUT', target, body: 'x' })).status).toBe(200);
    const head = await sendSigned(endpoint, { method: 'HEAD', path });
    expect(head.headers['x-amz-meta-source']).toBe('query');
  });
});

function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
