/** What every feature of the object store contract gets to work with. */
import {
  GetObjectCommand,
  PutObjectCommand,
  S3ServiceException,
  type GetObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Endpoint } from '../simulator/object-store/signed-request.ts';

export interface Stage {
  readonly endpoint: Endpoint;
  readonly s3: S3Client;
  /** A bucket of its own for the run. Each feature keeps to keys of its own in it. */
  readonly bucket: string;
}

/** Puts an object and gives its ETag. */
export async function put(stage: Stage, key: string, body: string | Buffer): Promise<string> {
  const { s3, bucket } = stage;
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  return ETag ?? '';
}

/** Gets an object, or a range of it such as `bytes=0-9`. */
export async function get(
  { s3, bucket }: Stage,
  key: string,
  range?: string,
): Promise<GetObjectCommandOutput> {
  return s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }));
}

/** Gets an object as text. */
export async function getText(stage: Stage, key: string): Promise<string> {
  const { Body } = await get(stage, key);
  return (await Body?.transformToString('utf8')) ?? '';
}

/** The error that a request is refused with, for example `NoSuchKey 404`. */
export async function refusalOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return `${error.name} ${error.$metadata.httpStatusCode}`;
  }
  return expect.fail('The request was not refused.');
}
