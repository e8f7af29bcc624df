import { once } from 'node:events';
import { openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { S3Refusal } from '../../../simulator/object-store/errors.ts';
import { sendError, sendResponse } from '../../../simulator/object-store/send-response.ts';
import { openFilesBelow, temporaryFolder } from './temporary-folder.ts';

type Handler = (message: IncomingMessage, response: ServerResponse) => unknown;

/** What a client gets from a server that answers with `handle`, once `handle` has ended. */
async function answered(
  handle: Handler,
  method = 'GET',
): Promise<{ status: number; headers: IncomingMessage['headers']; body: string }> {
  const handling: unknown[] = [];
  const server = createServer((message, response) => handling.push(handle(message, response)));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const outgoing = get({ host: '127.0.0.1', port, method, agent: false });
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const { statusCode: status = 0, headers } = incoming;
    return { status, headers, body: await text(incoming) };
  } finally {
    await Promise.all(handling);
  }
}

/** Ten digits in a file that is open, and the folder that holds it. */
async function digits(): Promise<{ fd: number; folder: string }> {
  const folder = await temporaryFolder();
  const path = join(folder, 'file');
  await writeFile(path, '0123456789');
  return { fd: openSync(path, 'r'), folder };
}

describe('sending what an operation answered', () => {
  it('sends status, headers and document', async () => {
    const result = { status: 201, headers: { etag: '"x"' }, body: '<ü/>' };
    const got = await answered(async (...both) => sendResponse(...both, result));
    expect(got).toMatchObject({ status: 201, body: '<ü/>' });
    expect(got.headers).toMatchObject({ etag: '"x"', 'content-length': '5' });
  });

  it('sends a slice of a file and closes it', async () => {
    const { fd, folder } = await digits();
    const slice = { fd, start: 2, lengthBytes: 3 };
    const result = { status: 206, headers: { 'content-length': '3' }, body: slice };
    const got = await answered(async (...both) => sendResponse(...both, result));
    expect(got.body).toBe('234');
    expect(await openFilesBelow(folder)).toEqual([]);
  });

  it('sends nothing of an empty slice, and closes it too', async () => {
    const { fd, folder } = await digits();
    const result = { status: 200, body: { fd, start: 0, lengthBytes: 0 } };
    const got = await answered(async (...both) => sendResponse(...both, result));
    expect(got.body).toBe('');
    expect(await openFilesBelow(folder)).toEqual([]);
  });

  it('drops what nobody waits for any more', async () => {
    const { fd, folder } = await digits();
    const result = { status: 200, body: { fd, start: 0, lengthBytes: 10 } };
    const broken = answered(async (message, response) => {
      response.destroy();
      await sendResponse(message, response, result);
    });
    await expect(broken).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await openFilesBelow(folder)).toEqual([]);
  });
});

describe('sending an error', () => {
  it('sends the document of a refusal, with what it carries', async () => {
    const refusal = new S3Refusal('InvalidRange', {
      elements: { ActualObjectSize: '10' },
      headers: { 'content-range': 'bytes */10' },
    });
    const got = await answered((...both) => sendError(...both, refusal));
    expect(got.status).toBe(416);
    expect(got.headers['content-range']).toBe('bytes */10');
    expect(got.body).toContain('<Code>InvalidRange</Code>');
    expect(got.body).toContain('<ActualObjectSize>10</ActualObjectSize>');
  });

  it('sends no document in answer to HEAD', async () => {
    const refusal = new S3Refusal('NoSuchKey');
    const got = await answered((...both) => sendError(...both, refusal), 'HEAD');
    expect([got.status, got.body]).toEqual([404, '']);
  });

  it('tells the code of a file-system error, and not its path', async () => {
    const error = Object.assign(new RangeError('/home/somebody/x'), { code: 'ENOSPC' });
    const got = await answered((...both) => sendError(...both, error));
    expect(got.status).toBe(500);
    expect(got.body).toContain('<Code>InternalError</Code>');
    expect(got.body).toContain('ENOSPC');
    expect(got.body).not.toContain('somebody');
  });

  it('breaks the connection when half an object is out', async () => {
    const broken = answered((message, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('01234', () => sendError(message, response, new RangeError('read')));
    });
    await expect(broken).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
