import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type ChecksumAlgorithm,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { refusalOf, type Stage } from './object-store-stage.ts';

/** The check values of the algorithms over "123456789", in base64. */
const CHECK_VALUES = {
  CRC32: 'y/Q5Jg==',
  CRC32C: '4waSgw==',
  CRC64NVME: 'rosUhgp5mIg=',
  SHA1: '98O8HYCOBHMq32eZZczDTKeuNEE=',
  SHA256: 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=',
} as const satisfies Partial<Record<ChecksumAlgorithm, string>>;

async function expectChecksum(stage: Stage, algorithm: keyof typeof CHECK_VALUES): Promise<void> {
  const { s3, bucket } = stage;
  const target = { Bucket: bucket, Key: `checksums/${algorithm}` };
  const expected = { [`Checksum${algorithm}`]: CHECK_VALUES[algorithm] };
  const command = { ...target, Body: '123456789', ChecksumAlgorithm: algorithm };
  expect(await s3.send(new PutObjectCommand(command))).toMatchObject(expected);
  const head = new HeadObjectCommand({ ...target, ChecksumMode: 'ENABLED' });
  expect(await s3.send(head)).toMatchObject(expected);
  const got = await s3.send(new GetObjectCommand(target));
  expect(got).toMatchObject(expected);
  expect(await got.Body?.transformToString()).toBe('123456789');
  const wrong = { ...target, Body: '12345678X', ...expected };
  expect(await refusalOf(s3.send(new PutObjectCommand(wrong)))).toBe('BadDigest 400');
}

/** A stream of `count` pieces of `sizeBytes` each, as an upload from a file would be. */
function pieces(count: number, sizeBytes: number): { body: Readable; bytes: Buffer } {
  const parts = Array.from({ length: count }, () => randomBytes(sizeBytes));
  return { body: Readable.from(parts, { objectMode: false }), bytes: Buffer.concat(parts) };
}

export const checksumFeatures = {
  'CRC32 is verified, kept and returned': async (stage: Stage): Promise<void> =>
    expectChecksum(stage, 'CRC32'),
  'CRC32C is verified, kept and returned': async (stage: Stage): Promise<void> =>
    expectChecksum(stage, 'CRC32C'),
  'CRC64NVME is verified, kept and returned': async (stage: Stage): Promise<void> =>
    expectChecksum(stage, 'CRC64NVME'),
  'SHA1 is verified, kept and returned': async (stage: Stage): Promise<void> =>
    expectChecksum(stage, 'SHA1'),
  'SHA256 is verified, kept and returned': async (stage: Stage): Promise<void> =>
    expectChecksum(stage, 'SHA256'),

  'a stream goes up aws-chunked with a CRC32 trailer': async (stage: Stage): Promise<void> => {
    const { s3, bucket } = stage;
    const { body, bytes } = pieces(10, 70_000);
    const target = { Bucket: bucket, Key: 'checksums/stream' };
    const put = await s3.send(
      new PutObjectCommand({ ...target, Body: body, ContentLength: bytes.length }),
    );
    expect(put.ChecksumCRC32).toMatch(/^.{8}$/);
    const got = await s3.send(new GetObjectCommand(target));
    expect(got.ChecksumCRC32).toBe(put.ChecksumCRC32);
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
  },

  'the framing of a stream is not kept as content encoding': async (
    stage: Stage,
  ): Promise<void> => {
    const { s3, bucket } = stage;
    const { body, bytes } = pieces(1, 1000);
    const target = { Bucket: bucket, Key: 'checksums/encoded-stream' };
    const stream = { Body: body, ContentLength: bytes.length, ContentEncoding: 'gzip' };
    await s3.send(new PutObjectCommand({ ...target, ...stream }));
    const head = await s3.send(new HeadObjectCommand(target));
    expect(head.ContentEncoding).toBe('gzip');
  },

  'a wrong Content-MD5 is refused': async ({ s3, bucket }: Stage): Promise<void> => {
    const target = { Bucket: bucket, Key: 'checksums/md5', Body: '123456789' };
    const ContentMD5 = 'JfnnlDI7RTiF9RgfG2JNCw==';
    await s3.send(new PutObjectCommand({ ...target, ContentMD5 }));
    const wrong = new PutObjectCommand({ ...target, Body: '12345678X', ContentMD5 });
    expect(await refusalOf(s3.send(wrong))).toBe('BadDigest 400');
    const malformed = new PutObjectCommand({ ...target, ContentMD5: 'no base64 of 16 bytes' });
    expect(await refusalOf(s3.send(malformed))).toBe('InvalidDigest 400');
  },

  'what was refused has replaced nothing': async ({ s3, bucket }: Stage): Promise<void> => {
    const target = { Bucket: bucket, Key: 'checksums/kept' };
    await s3.send(new PutObjectCommand({ ...target, Body: 'kept' }));
    const wrong = new PutObjectCommand({ ...target, Body: 'lost', ChecksumCRC32: 'AAAAAA==' });
    expect(await refusalOf(s3.send(wrong))).toBe('BadDigest 400');
    const got = await s3.send(new GetObjectCommand(target));
    expect(await got.Body?.transformToString()).toBe('kept');
  },
};
