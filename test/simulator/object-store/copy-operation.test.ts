import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../contracts/object-store-stage.ts';
import { runClient } from './running-client.ts';
import { BUCKET } from './running-store.ts';

const SOURCE = { Bucket: BUCKET, Key: 'source' };
const COPY = { Bucket: BUCKET, Key: 'copy', CopySource: `${BUCKET}/source` };

describe('CopyObject', () => {
  it('keeps the checksum, or makes the one that is asked for', async () => {
    const { s3 } = await runClient();
    const put = { ...SOURCE, Body: '123456789', ChecksumAlgorithm: 'SHA1' } as const;
    await s3.send(new PutObjectCommand(put));
    const copied = await s3.send(new CopyObjectCommand(COPY));
    expect(copied.CopyObjectResult).toMatchObject({
      ETag: '"25f9e794323b453885f5181f1b624d0b"',
      ChecksumSHA1: '98O8HYCOBHMq32eZZczDTKeuNEE=',
    });
    await s3.send(new CopyObjectCommand({ ...COPY, ChecksumAlgorithm: 'CRC32' }));
    const head = new HeadObjectCommand({ Bucket: BUCKET, Key: 'copy', ChecksumMode: 'ENABLED' });
    expect((await s3.send(head)).ChecksumCRC32).toBe('y/Q5Jg==');
  });

  it('copies onto itself only to replace the metadata', async () => {
    const { s3 } = await runClient();
    await s3.send(new PutObjectCommand({ ...SOURCE, Body: 'x' }));
    const itself = { ...COPY, Key: 'source' };
    expect(await refusalOf(s3.send(new CopyObjectCommand(itself)))).toBe('InvalidRequest 400');
    const replacing = { ...itself, MetadataDirective: 'REPLACE', Metadata: { a: 'b' } } as const;
    await s3.send(new CopyObjectCommand(replacing));
    const got = await s3.send(new GetObjectCommand(SOURCE));
    expect(got.Metadata).toEqual({ a: 'b' });
    expect(await got.Body?.transformToString()).toBe('x');
  });

  it('obeys If-None-Match', async () => {
    const { s3 } = await runClient();
    await s3.send(new PutObjectCommand({ ...SOURCE, Body: 'x' }));
    const once = { ...COPY, IfNoneMatch: '*' };
    await s3.send(new CopyObjectCommand(once));
    expect(await refusalOf(s3.send(new CopyObjectCommand(once)))).toBe('PreconditionFailed 412');
  });

  it.each([
    ['no-such-bucket-here/source', 'NoSuchBucket 404'],
    [`${BUCKET}/absent`, 'NoSuchKey 404'],
    [`${BUCKET}`, 'InvalidArgument 400'],
    [`${BUCKET}/%zz`, 'InvalidArgument 400'],
    ['../source', 'InvalidBucketName 400'],
  ])('refuses the source %s', async (CopySource, refusal) => {
    const { s3 } = await runClient();
    const copy = new CopyObjectCommand({ ...COPY, CopySource });
    expect(await refusalOf(s3.send(copy))).toBe(refusal);
  });

  it('refuses conditions on the source that it does not check', async () => {
    const { s3 } = await runClient();
    const copy = new CopyObjectCommand({ ...COPY, CopySourceIfMatch: '"x"' });
    expect(await refusalOf(s3.send(copy))).toBe('NotImplemented 501');
  });
});
