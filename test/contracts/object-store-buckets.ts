import { randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { put, refusalOf, type Stage } from './object-store-stage.ts';

export const bucketFeatures = {
  'a bucket is created, found, listed and deleted': async ({ s3 }: Stage): Promise<void> => {
    const Bucket = `contract-${randomUUID()}`;
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new HeadBucketCommand({ Bucket }));
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toContain(Bucket);
    await s3.send(new DeleteBucketCommand({ Bucket }));
    expect(await refusalOf(s3.send(new HeadBucketCommand({ Bucket })))).toBe('NotFound 404');
  },

  'a bucket cannot be created twice': async ({ s3, bucket }: Stage): Promise<void> => {
    const refusal = await refusalOf(s3.send(new CreateBucketCommand({ Bucket: bucket })));
    expect(refusal).toBe('BucketAlreadyOwnedByYou 409');
  },

  'a bucket with a name that breaks the rules is refused': async ({ s3 }: Stage): Promise<void> => {
    const refusal = await refusalOf(s3.send(new CreateBucketCommand({ Bucket: 'Upper_Case' })));
    expect(refusal).toBe('InvalidBucketName 400');
  },

  'a bucket that holds objects is not deleted': async (stage: Stage): Promise<void> => {
    const { s3 } = stage;
    const Bucket = `contract-${randomUUID()}`;
    await s3.send(new CreateBucketCommand({ Bucket }));
    await put({ ...stage, bucket: Bucket }, 'kept', 'x');
    const refusal = await refusalOf(s3.send(new DeleteBucketCommand({ Bucket })));
    expect(refusal).toBe('BucketNotEmpty 409');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'kept' }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
  },

  'a bucket that does not exist is named as the reason': async (stage: Stage): Promise<void> => {
    const absent = { ...stage, bucket: `contract-${randomUUID()}` };
    expect(await refusalOf(put(absent, 'key', 'x'))).toBe('NoSuchBucket 404');
    const list = stage.s3.send(new ListObjectsV2Command({ Bucket: absent.bucket }));
    expect(await refusalOf(list)).toBe('NoSuchBucket 404');
  },
};
