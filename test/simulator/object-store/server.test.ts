import { readFile, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  ObjectStoreError,
  startObjectStore,
  type ObjectStoreOptions,
} from '../../../simulator/object-store/index.ts';
import { runClient } from './running-client.ts';
import { BUCKET } from './running-store.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { codeOf, sendRaw, sendSigned } from './signed-request.ts';

const CREDENTIALS = { accessKeyId: 'a', secretAccessKey: 'b' };

/** The error with which a start fails. */
async function startError(options: Partial<ObjectStoreOptions>): Promise<ObjectStoreError> {
  const root = await temporaryFolder();
  try {
    const store = await startObjectStore({ root, credentials: CREDENTIALS, ...options });
    await store.close();
  } catch (error) {
    if (error instanceof ObjectStoreError) return error;
    throw error;
  }
  return expect.fail('The store started.');
}

describe('starting', () => {
  it('takes a free port of this machine only, and several at a time', async () => {
    const [one, other] = [await runClient(), await runClient()];
    expect(one.store.port).not.toBe(other.store.port);
    expect(one.store.url).toBe(`http://127.0.0.1:${one.store.port}`);
  });

  it('names a port that is taken', async () => {
    const { store } = await runClient();
    const error = await startError({ port: store.port });
    expect(error.code).toBe('PORT_BUSY');
    expect(error.message).toContain(String(store.port));
    expect(error.cause).toMatchObject({ code: 'EADDRINUSE' });
  });

  it.each([
    ['an address of another machine', { host: '192.0.2.1' }, 'ADDRESS_UNUSABLE', '192.0.2.1'],
    ['a port beyond all ports', { port: 70_000 }, 'ADDRESS_UNUSABLE', '70000'],
    [
      'a bucket name that breaks the rules',
      { buckets: ['No_Bucket'] },
      'BUCKET_NAME_INVALID',
      'No_Bucket',
    ],
    [
      'empty credentials',
      { credentials: { accessKeyId: '', secretAccessKey: 'x' } },
      'CREDENTIALS_EMPTY',
      'access key',
    ],
  ])('refuses %s', async (_name, options, code, named) => {
    const error = await startError(options);
    expect(error.code).toBe(code);
    expect(error.message).toContain(named);
  });

  it('names a root that cannot be a folder', async () => {
    const root = join(await temporaryFolder(), 'file');
    await writeFile(root, 'x');
    const error = await startError({ root });
    expect(error.code).toBe('ROOT_UNUSABLE');
    expect(error.message).toContain(root);
    expect(await readFile(root, 'utf8')).toBe('x');
  });

  it('finds what an earlier store left in its folder', async () => {
    const first = await runClient();
    const target = { Bucket: BUCKET, Key: 'kept' };
    await first.s3.send(new PutObjectCommand({ ...target, Body: 'over a restart' }));
    await first.store.close();
    const second = await runClient({ root: first.root });
    const got = await second.s3.send(new GetObjectCommand(target));
    expect(await got.Body?.transformToString()).toBe('over a restart');
  });

  it('can be bound to another region', async () => {
    const { endpoint } = await runClient({ region: 'eu-central-1' });
    const wrong = await sendSigned(endpoint, { method: 'GET', path: '/' });
    expect([wrong.status, codeOf(wrong)]).toEqual([400, 'AuthorizationHeaderMalformed']);
    expect(wrong.body).toContain('<Region>eu-central-1</Region>');
    const right = { ...endpoint, region: 'eu-central-1' };
    expect((await sendSigned(right, { method: 'GET', path: '/' })).status).toBe(200);
  });
});

describe('closing', () => {
  it('frees the port and can be done twice', async () => {
    const { store } = await runClient();
    await store.close();
    await store.close();
    const server = createServer().listen(store.port, '127.0.0.1');
    await once(server, 'listening');
    expect(server.listening).toBe(true);
    server.close();
  });

  it('drops connections that wait for another request', async () => {
    const { store, endpoint, s3 } = await runClient();
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: 'x' }));
    const idle = connect(store.port, '127.0.0.1');
    onTestFinished(() => void idle.destroy());
    await once(idle, 'connect');
    const ended = once(idle, 'close');
    await store.close();
    await ended;
    await expect(sendRaw(endpoint, { method: 'GET', target: '/' })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});

describe('what is no proper HTTP', () => {
  it('is answered with an error document: headers that are too long', async () => {
    const { endpoint } = await runClient();
    const headers = { 'x-long': 'x'.repeat(20_000) };
    const response = await sendRaw(endpoint, { method: 'GET', target: '/', headers });
    expect([response.status, codeOf(response)]).toEqual([400, 'RequestHeaderSectionTooLarge']);
  });

  it('is answered with an error document: noise', async () => {
    const { store, endpoint } = await runClient();
    const socket = connect(store.port, '127.0.0.1');
    socket.write('STEDI / not HTTP\r\n\r\n');
    const pieces: Buffer[] = [];
    socket.on('data', (piece) => pieces.push(piece));
    await once(socket, 'close');
    expect(Buffer.concat(pieces).toString()).toMatch(/^HTTP\/1\.1 400 .*<Code>BadRequest<\/Code>/s);
    expect((await sendSigned(endpoint, { method: 'GET', path: '/' })).status).toBe(200);
  });
});
