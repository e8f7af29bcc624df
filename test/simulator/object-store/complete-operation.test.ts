import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompleteMultipartUploadCommandInput,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../contracts/object-store-stage.ts';
import { codeOf, sendSigned } from './signed-request.ts';
import { runClient, type RunningClient } from './running-client.ts';
import { BUCKET } from './running-store.ts';

const TARGET = { Bucket: BUCKET, Key: 'key' };
const CRC32 = { ChecksumAlgorithm: 'CRC32' } as const;

/** Uploads "123456789" as one part and gives what completing it takes. */
async function prepare(
  { s3 }: RunningClient,
  options: Partial<CreateMultipartUploadCommandInput> = {},
): Promise<CompleteMultipartUploadCommandInput> {
  const create = new CreateMultipartUploadCommand({ ...TARGET, ...options });
  const { UploadId } = await s3.send(create);
  const part = { ...TARGET, UploadId, PartNumber: 1, Body: '123456789' };
  const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand(part));
  return {
    ...TARGET,
    UploadId,
    MultipartUpload: { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] },
  };
}

async function complete(
  { s3 }: RunningClient,
  input: CompleteMultipartUploadCommandInput,
): Promise<unknown> {
  return s3.send(new CompleteMultipartUploadCommand(input));
}

describe('CompleteMultipartUpload', () => {
  it('cleans up after itself', async () => {
    const running = await runClient();
    await complete(running, await prepare(running));
    const bucket = join(running.root, 'buckets', BUCKET);
    expect(await readdir(join(bucket, 'uploads'))).toEqual([]);
    expect(await readdir(join(bucket, 'objects'))).toEqual(['key']);
    expect(await readdir(join(running.root, 'incoming'))).toEqual([]);
  });

  it('compares the announced checksum of the object, not of the XML', async () => {
    const running = await runClient();
    const input = await prepare(running, { ...CRC32, ChecksumType: 'FULL_OBJECT' });
    const wrong = { ...input, ChecksumCRC32: 'AAAAAA==' };
    expect(await refusalOf(complete(running, wrong))).toBe('BadDigest 400');
    const otherKind = { ...input, ChecksumSHA1: '98O8HYCOBHMq32eZZczDTKeuNEE=' };
    expect(await refusalOf(complete(running, otherKind))).toBe('BadDigest 400');
    const right = { ...input, ChecksumCRC32: 'y/Q5Jg==' };
    expect(await complete(running, right)).toMatchObject({ ChecksumCRC32: 'y/Q5Jg==' });
  });

  it('takes a composite checksum with and without the number of parts', async () => {
    const running = await runClient();
    for (const ChecksumCRC32 of ['7kxlUA==-1', '7kxlUA==']) {
      const input = { ...(await prepare(running, CRC32)), ChecksumCRC32 };
      expect(await complete(running, input)).toMatchObject({ ChecksumCRC32: '7kxlUA==-1' });
    }
    const wrong = { ...(await prepare(running, CRC32)), ChecksumCRC32: '7kxlUA==-2' };
    expect(await refusalOf(complete(running, wrong))).toBe('BadDigest 400');
  });

  it('returns the checksum of the joined object', async () => {
    const running = await runClient();
    await complete(running, await prepare(running, CRC32));
    const head = new HeadObjectCommand({ ...TARGET, ChecksumMode: 'ENABLED' });
    expect(await running.s3.send(head)).toMatchObject({
      ChecksumCRC32: '7kxlUA==-1',
      ChecksumType: 'COMPOSITE',
    });
  });

  it('compares the announced size', async () => {
    const running = await runClient();
    const input = await prepare(running);
    const wrong = complete(running, { ...input, MpuObjectSize: 10 });
    expect(await refusalOf(wrong)).toBe('InvalidRequest 400');
    await complete(running, { ...input, MpuObjectSize: 9 });
    expect((await running.s3.send(new HeadObjectCommand(TARGET))).ContentLength).toBe(9);
  });

  it('that is refused leaves the upload and the old object as they are', async () => {
    const running = await runClient();
    await running.s3.send(new PutObjectCommand({ ...TARGET, Body: 'old' }));
    const input = await prepare(running);
    const refused = complete(running, { ...input, IfNoneMatch: '*' });
    expect(await refusalOf(refused)).toBe('PreconditionFailed 412');
    const old = await running.s3.send(new GetObjectCommand(TARGET));
    expect(await old.Body?.transformToString()).toBe('old');
    await complete(running, input);
    const joined = await running.s3.send(new GetObjectCommand(TARGET));
    expect(await joined.Body?.transformToString()).toBe('123456789');
  });

  it('of two at a time only one succeeds', async () => {
    const running = await runClient();
    const input = await prepare(running);
    const both = await Promise.allSettled([complete(running, input), complete(running, input)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const head = await running.s3.send(new HeadObjectCommand(TARGET));
    expect(head.ContentLength).toBe(9);
  });

  it('refuses a body that is no list of parts', async () => {
    const running = await runClient();
    const { UploadId = '' } = await prepare(running);
    const query = { uploadId: UploadId };
    const request = { method: 'POST', path: `/${BUCKET}/key`, query, body: 'no XML' };
    expect(codeOf(await sendSigned(running.endpoint, request))).toBe('MalformedXML');
  });
});
