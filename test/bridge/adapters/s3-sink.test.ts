import { gzipSync } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { S3Sink } from '../../../bridge/adapters/s3-sink.ts';
import type { LandingObject } from '../../../bridge/core/landing-batches.ts';
import type { ChooseFault } from '../../../simulator/object-store/index.ts';
import { runClient } from '../../simulator/object-store/running-client.ts';

const BUCKET = 'landing';
const packed: LandingObject = {
  key: 'step_trainer_landing/date=2022-06-18/!42-0f3a-0000000001.json.gz',
  body: gzipSync('{"a":"ż"}\n'),
  metadata: { records: '1' },
};
const plain: LandingObject = { key: 'customer_landing/x.json', body: '{"a":"ż"}\n', metadata: {} };

async function open(fault?: ChooseFault): Promise<{ sink: S3Sink; s3: S3Client }> {
  const { s3 } = await runClient({ buckets: [BUCKET], ...(fault && { fault }) });
  return { s3, sink: new S3Sink({ client: s3, bucket: BUCKET, prefix: 'run-1/' }) };
}

it('stores bytes as they are, with what tells their kind and origin, and nothing that unpacks them', async () => {
  const { sink, s3 } = await open();
  await sink.put(packed);
  const place = { Bucket: BUCKET, Key: `run-1/${packed.key}` };
  const kept = await s3.send(new GetObjectCommand({ ...place, ChecksumMode: 'ENABLED' }));
  expect(Buffer.from((await kept.Body?.transformToByteArray()) ?? [])).toEqual(packed.body);
  expect(kept).toMatchObject({ ContentType: 'application/gzip', Metadata: { records: '1' } });
  expect(kept.ContentEncoding).toBeUndefined();
  expect(kept.ChecksumCRC32).toBeDefined();
  await sink.put(plain);
  const text = await s3.send(new GetObjectCommand({ ...place, Key: `run-1/${plain.key}` }));
  expect(text.ContentType).toBe('application/x-ndjson');
  expect(await text.Body?.transformToString()).toBe(plain.body);
});

it('looks whether the storage has what it took', async () => {
  const { sink, s3 } = await open(({ operation }) =>
    operation === 'PutObject' ? { kind: 'truncate', keepBytes: 5 } : undefined,
  );
  await expect(sink.put(packed)).rejects.toMatchObject({
    code: 'STORAGE_CORRUPT',
    message: `The storage took run-1/${packed.key} into bucket landing, but keeps something else: 5 bytes of ${packed.body.length}. Check the disks of the storage.`,
  });
  const place = { Bucket: BUCKET, Key: `run-1/${packed.key}` };
  expect((await s3.send(new HeadObjectCommand(place))).ContentLength).toBe(5);
});

it('sends a checksum that the storage has to verify', async () => {
  const { sink, s3 } = await open();
  s3.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body?: unknown };
      // A bit that flips on the way, under a signature that does not cover the body.
      if (request.body instanceof Uint8Array)
        request.body = Buffer.from(request.body).fill(0, 0, 1);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'flipBits' },
  );
  await expect(sink.put(packed)).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
});

it('stores a new object once only', async () => {
  const { sink, s3 } = await open();
  expect(await sink.putNew(packed)).toBe(true);
  expect(await sink.putNew({ ...packed, body: gzipSync('other\n') })).toBe(false);
  const place = { Bucket: BUCKET, Key: `run-1/${packed.key}` };
  const kept = await s3.send(new GetObjectCommand(place));
  expect(Buffer.from((await kept.Body?.transformToByteArray()) ?? [])).toEqual(packed.body);
});

it('ends an attempt when it is told to', async () => {
  const ending = new AbortController();
  const { sink } = await open(() => {
    ending.abort();
    return { kind: 'hang' };
  });
  await expect(sink.put(packed, ending.signal)).rejects.toMatchObject({
    code: 'STORAGE_UNREACHABLE',
  });
});

it('names the place and the fix', async () => {
  const { sink, s3 } = await open(({ key }) =>
    key.includes('overload') ? { kind: 'status', status: 503 } : undefined,
  );
  await expect(sink.check()).resolves.toBeUndefined();
  await expect(sink.put({ ...plain, key: 'overload' })).rejects.toMatchObject({
    code: 'STORAGE_REFUSED',
    message: expect.stringMatching(/\(HTTP 503\)\. It is overloaded or out of order/) as string,
  });
  const missing = new S3Sink({ client: s3, bucket: 'not-there', prefix: '' });
  await expect(missing.check()).rejects.toMatchObject({
    message: expect.stringMatching(
      /^The S3 endpoint http:\/\/127\.0\.0\.1:\d+ refused bucket not-there \(HTTP 404\)\. Create the bucket/,
    ) as string,
  });
  const identity = { accessKeyId: 'wrong', secretAccessKey: 'wrong' };
  const endpoint = await s3.config.endpoint?.();
  const url = `http://${endpoint?.hostname}:${endpoint?.port}`;
  const options = { region: 'us-east-1', forcePathStyle: true, maxAttempts: 1 };
  const stranger = new S3Client({ ...options, endpoint: url, credentials: identity });
  onTestFinished(() => stranger.destroy());
  const refused = new S3Sink({ client: stranger, bucket: BUCKET, prefix: '' });
  await expect(refused.put(plain)).rejects.toMatchObject({
    message: expect.stringMatching(/\(HTTP 403\)\. Check AWS_ACCESS_KEY_ID/) as string,
  });
});
