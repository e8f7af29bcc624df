import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type {
  ChooseFault,
  ObjectStoreFault,
  ObjectStoreRequest,
} from '../../../simulator/object-store/index.ts';
import { refusalOf } from '../../contracts/object-store-stage.ts';
import { withResolvers } from './with-resolvers.ts';
import { runClient, type RunningClient } from './running-client.ts';
import { BUCKET } from './running-store.ts';
import { openFilesBelow } from './temporary-folder.ts';

const TARGET = { Bucket: BUCKET, Key: 'key' };
const PUT: PutObjectCommand = new PutObjectCommand({ ...TARGET, Body: '0123456789' });

/** Fails the given operation in the given way, every time, and tells when it is about to. */
function failing(
  operation: ObjectStoreRequest['operation'],
  fault: ObjectStoreFault,
): { chooseFault: ChooseFault; struck: Promise<void> } {
  const { promise: struck, resolve } = withResolvers();
  const chooseFault: ChooseFault = (request) => {
    if (request.operation !== operation) return undefined;
    resolve();
    return fault;
  };
  return { chooseFault, struck };
}

/** Runs a store that fails one operation. */
async function runFailing(
  operation: ObjectStoreRequest['operation'],
  fault: ObjectStoreFault,
): Promise<RunningClient & { struck: Promise<void> }> {
  const { chooseFault, struck } = failing(operation, fault);
  return { ...(await runClient({ fault: chooseFault })), struck };
}

async function exists({ s3 }: RunningClient): Promise<boolean> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return Contents.length > 0;
}

describe('the fault hook', () => {
  it('sees each request once, by operation, bucket and key', async () => {
    const seen: ObjectStoreRequest[] = [];
    const { s3 } = await runClient({ fault: (request) => void seen.push(request) });
    await s3.send(PUT);
    await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(seen).toEqual([
      { ordinal: 1, operation: 'PutObject', bucket: BUCKET, key: 'key' },
      { ordinal: 2, operation: 'ListObjectsV2', bucket: BUCKET, key: '' },
    ]);
  });

  it('can fail the first tries and let the next one pass', async () => {
    const { s3 } = await runClient({
      fault: ({ ordinal }) => (ordinal < 3 ? { kind: 'status', status: 503 } : undefined),
    });
    expect(await refusalOf(s3.send(PUT))).toBe('SlowDown 503');
    expect(await refusalOf(s3.send(PUT))).toBe('SlowDown 503');
    expect((await s3.send(PUT)).ETag).toBeDefined();
  });
});

describe('the fault status', () => {
  it.each([
    [429, 'TooManyRequests 429'],
    [500, 'InternalError 500'],
    [501, 'NotImplemented 501'],
    [503, 'SlowDown 503'],
  ] as const)('%i refuses and stores nothing', async (status, refusal) => {
    const running = await runFailing('PutObject', { kind: 'status', status });
    expect(await refusalOf(running.s3.send(PUT))).toBe(refusal);
    expect(await exists(running)).toBe(false);
  });
});

describe('storage without conditions of writes', () => {
  const only = { ...TARGET, Body: 'new', IfNoneMatch: '*' };

  it('refuses writes that have one, and no others', async () => {
    const fault = { kind: 'write-conditions', conditions: 'refused' } as const;
    const running = await runFailing('PutObject', fault);
    expect(await refusalOf(running.s3.send(new PutObjectCommand(only)))).toBe('NotImplemented 501');
    expect(await exists(running)).toBe(false);
    expect((await running.s3.send(PUT)).ETag).toBeDefined();
  });

  it('or ignores it, but not that of a read', async () => {
    const fault = { kind: 'write-conditions', conditions: 'ignored' } as const;
    const { s3 } = await runClient({ fault: () => fault });
    await s3.send(PUT);
    const { ETag } = await s3.send(new PutObjectCommand(only));
    const { Body } = await s3.send(new GetObjectCommand({ ...TARGET, IfMatch: ETag }));
    expect(await Body?.transformToString()).toBe('new');
    const stale = s3.send(new GetObjectCommand({ ...TARGET, IfMatch: '"other"' }));
    expect(await refusalOf(stale)).toBe('PreconditionFailed 412');
  });
});

describe('a connection reset', () => {
  it('before the body was stored leaves nothing', async () => {
    const running = await runFailing('PutObject', { kind: 'reset-before' });
    await expect(running.s3.send(PUT)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await exists(running)).toBe(false);
  });

  it('after the body was stored leaves the object, and the client without an answer', async () => {
    const running = await runFailing('PutObject', { kind: 'reset-after' });
    await expect(running.s3.send(PUT)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await exists(running)).toBe(true);
    expect(await readdir(join(running.root, 'incoming'))).toEqual([]);
  });

  it('instead of an answer to GET leaves no file open', async () => {
    const running = await runFailing('GetObject', { kind: 'reset-after' });
    await running.s3.send(PUT);
    for (let round = 0; round < 5; round++) {
      const got = running.s3.send(new GetObjectCommand(TARGET));
      await expect(got).rejects.toMatchObject({ code: 'ECONNRESET' });
    }
    await expect.poll(async () => openFilesBelow(running.root)).toEqual([]);
  });
});

describe('a delay', () => {
  it('goes on as if nothing had happened', async () => {
    const delayMs = 50;
    const running = await runFailing('PutObject', { kind: 'delay', delayMs });
    const begun = performance.now();
    await running.s3.send(PUT);
    // Timers may fire up to a millisecond early.
    expect(performance.now() - begun).toBeGreaterThanOrEqual(delayMs - 1);
    expect(await exists(running)).toBe(true);
  });

  it('ends with the connection, and with the store', async () => {
    const aDay = { kind: 'delay', delayMs: 86_400_000 } as const;
    const running = await runFailing('PutObject', aDay);
    const sent = running.s3.send(PUT);
    await running.struck;
    await Promise.all([
      expect(sent).rejects.toMatchObject({ code: 'ECONNRESET' }),
      running.store.close(),
    ]);
  });
});

describe('a hang', () => {
  it('lasts until the client gives up', async () => {
    const running = await runFailing('PutObject', { kind: 'hang' });
    const giveUp = new AbortController();
    const sent = running.s3.send(PUT, { abortSignal: giveUp.signal });
    await running.struck;
    giveUp.abort();
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    expect(await exists(running)).toBe(false);
  });

  it('does not keep the store from closing', async () => {
    const running = await runFailing('PutObject', { kind: 'hang' });
    const sent = running.s3.send(PUT);
    await running.struck;
    await Promise.all([
      expect(sent).rejects.toMatchObject({ code: 'ECONNRESET' }),
      running.store.close(),
    ]);
  });
});

describe('a truncated body', () => {
  it('is acknowledged whole, and found out by its length and its checksum', async () => {
    const { s3 } = await runFailing('PutObject', { kind: 'truncate', keepBytes: 4 });
    const put = await s3.send(PUT);
    expect(put.ETag).toBe('"781e5e245d69b566979b86e28d23f2c7"');
    const head = await s3.send(new HeadObjectCommand(TARGET));
    expect(head).toMatchObject({ ContentLength: 4, ETag: put.ETag });
    const got = await s3.send(new GetObjectCommand(TARGET));
    await expect(got.Body?.transformToString()).rejects.toThrow(/[Cc]hecksum/);
  });

  it('can be a part of an upload', async () => {
    const { s3 } = await runFailing('UploadPart', { kind: 'truncate', keepBytes: 4 });
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(TARGET));
    const part = { ...TARGET, UploadId, PartNumber: 1 };
    const { ETag } = await s3.send(new UploadPartCommand({ ...part, Body: '0123456789' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const complete = { ...TARGET, UploadId, MultipartUpload };
    await s3.send(new CompleteMultipartUploadCommand(complete));
    const got = await s3.send(new GetObjectCommand(TARGET));
    expect(await got.Body?.transformToString()).toBe('0123');
  });
});

describe('a wrong page', () => {
  async function listWrongly(page: 'skips-last' | 'starts-over'): Promise<string[][]> {
    const { s3 } = await runFailing('ListObjectsV2', { kind: 'list-page', page });
    for (const Key of ['a', 'b', 'c', 'd', 'e']) {
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'x' }));
    }
    const pages: string[][] = [];
    let ContinuationToken: string | undefined;
    while (pages.length < 3) {
      const query = { Bucket: BUCKET, MaxKeys: 2, ContinuationToken };
      const listed = await s3.send(new ListObjectsV2Command(query));
      pages.push((listed.Contents ?? []).map(({ Key }) => Key ?? ''));
      ContinuationToken = listed.NextContinuationToken;
    }
    return pages;
  }

  it('may skip its last key', async () => {
    expect(await listWrongly('skips-last')).toEqual([['a'], ['c'], []]);
  });

  it('may be the first one again', async () => {
    expect(await listWrongly('starts-over')).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });
});

describe('a fault that does not concern the operation', () => {
  it.each([
    { kind: 'truncate', keepBytes: 0 } as const,
    { kind: 'list-page', page: 'skips-last' } as const,
  ])('is ignored: $kind', async (fault) => {
    const { s3 } = await runFailing('GetObject', fault);
    await s3.send(PUT);
    const got = await s3.send(new GetObjectCommand(TARGET));
    expect(await got.Body?.transformToString()).toBe('0123456789');
  });
});
