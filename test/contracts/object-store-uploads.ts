import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { put, refusalOf, type Stage } from './object-store-stage.ts';

const PART_BYTES_MIN = 5 * 1024 ** 2;
/** A part of the smallest size that may be followed by another. */
const FIRST_PART: Buffer = randomBytes(PART_BYTES_MIN);

type Target = { Bucket: string; Key: string; UploadId: string };

async function begin(
  { s3, bucket }: Stage,
  key: string,
  options: Partial<CreateMultipartUploadCommandInput> = {},
): Promise<Target> {
  const target = { Bucket: bucket, Key: key };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ...options }));
  return { ...target, UploadId: UploadId ?? '' };
}

async function uploadPart(
  { s3 }: Stage,
  target: Target,
  PartNumber: number,
  Body: Buffer,
): Promise<CompletedPart> {
  const { ETag } = await s3.send(new UploadPartCommand({ ...target, PartNumber, Body }));
  return { PartNumber, ETag };
}

function complete(target: Target, Parts: CompletedPart[]): CompleteMultipartUploadCommand {
  return new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } });
}

function md5(data: Buffer): Buffer {
  return createHash('md5').update(data).digest();
}

export const uploadFeatures = {
  'an upload in parts becomes one object': async (stage: Stage): Promise<void> => {
    const { s3 } = stage;
    const last = randomBytes(1000);
    const described = { ContentType: 'application/x-ndjson', Metadata: { bridge: 'b-1' } };
    const target = await begin(stage, 'uploads/joined', described);
    const parts = [
      await uploadPart(stage, target, 1, FIRST_PART),
      await uploadPart(stage, target, 7, last),
    ];
    const done = await s3.send(complete(target, parts));
    const digests = Buffer.concat([md5(FIRST_PART), md5(last)]);
    expect(done.ETag).toBe(`"${md5(digests).toString('hex')}-2"`);
    const got = await s3.send(new GetObjectCommand({ Bucket: target.Bucket, Key: target.Key }));
    const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(Buffer.concat([FIRST_PART, last]))).toBe(true);
    expect(got).toMatchObject({ ...described, ETag: done.ETag });
  },

  'parts come in any order, and the last of a number counts': async (
    stage: Stage,
  ): Promise<void> => {
    const { s3 } = stage;
    const target = await begin(stage, 'uploads/unordered');
    const second = await uploadPart(stage, target, 2, Buffer.from('second'));
    await uploadPart(stage, target, 1, Buffer.from('replaced'));
    const first = await uploadPart(stage, target, 1, FIRST_PART);
    await s3.send(complete(target, [first, second]));
    const range = { Bucket: target.Bucket, Key: target.Key, Range: 'bytes=-8' };
    const got = await s3.send(new GetObjectCommand(range));
    const expected = Buffer.concat([FIRST_PART.subarray(-2), Buffer.from('second')]);
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(expected);
  },

  'an upload is invisible until it is complete': async (stage: Stage): Promise<void> => {
    const { s3 } = stage;
    const target = await begin(stage, 'uploads/invisible');
    const part = await uploadPart(stage, target, 1, Buffer.from('x'));
    const object = { Bucket: target.Bucket, Key: target.Key };
    expect(await refusalOf(s3.send(new HeadObjectCommand(object)))).toBe('NotFound 404');
    await s3.send(complete(target, [part]));
    expect((await s3.send(new HeadObjectCommand(object))).ContentLength).toBe(1);
  },

  'ListParts gives the parts in pages': async (stage: Stage): Promise<void> => {
    const { s3 } = stage;
    const target = await begin(stage, 'uploads/listed');
    for (const number of [3, 1, 20]) {
      await uploadPart(stage, target, number, Buffer.from(`part ${number}`));
    }
    const first = await s3.send(new ListPartsCommand({ ...target, MaxParts: 2 }));
    expect(first.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 6],
      [3, 6],
    ]);
    expect(first).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '3' });
    const PartNumberMarker = first.NextPartNumberMarker;
    const second = await s3.send(new ListPartsCommand({ ...target, PartNumberMarker }));
    expect(second.Parts?.map(({ PartNumber }) => PartNumber)).toEqual([20]);
    expect(second.IsTruncated).toBe(false);
    await s3.send(new AbortMultipartUploadCommand(target));
  },

  'an aborted upload is gone': async (stage: Stage): Promise<void> => {
    const { s3 } = stage;
    const target = await begin(stage, 'uploads/aborted');
    const part = await uploadPart(stage, target, 1, Buffer.from('x'));
    await s3.send(new AbortMultipartUploadCommand(target));
    expect(await refusalOf(s3.send(complete(target, [part])))).toBe('NoSuchUpload 404');
    const late = uploadPart(stage, target, 2, Buffer.from('y'));
    expect(await refusalOf(late)).toBe('NoSuchUpload 404');
    expect(await refusalOf(s3.send(new ListPartsCommand(target)))).toBe('NoSuchUpload 404');
  },

  'an upload that nobody began is refused': async (stage: Stage): Promise<void> => {
    const target = { Bucket: stage.bucket, Key: 'uploads/unknown', UploadId: randomUUID() };
    const part = uploadPart(stage, target, 1, Buffer.from('x'));
    expect(await refusalOf(part)).toBe('NoSuchUpload 404');
  },

  'a part below 5 MiB may only be the last': async (stage: Stage): Promise<void> => {
    const target = await begin(stage, 'uploads/small');
    const parts = [
      await uploadPart(stage, target, 1, FIRST_PART.subarray(1)),
      await uploadPart(stage, target, 2, Buffer.from('x')),
    ];
    expect(await refusalOf(stage.s3.send(complete(target, parts)))).toBe('EntityTooSmall 400');
    await stage.s3.send(new AbortMultipartUploadCommand(target));
  },

  'parts are named by the right ETag, in ascending order': async (stage: Stage): Promise<void> => {
    const { s3 } = stage;
    const target = await begin(stage, 'uploads/named');
    const first = await uploadPart(stage, target, 1, FIRST_PART);
    const second = await uploadPart(stage, target, 2, Buffer.from(FIRST_PART).reverse());
    const swapped = complete(target, [second, first]);
    expect(await refusalOf(s3.send(swapped))).toBe('InvalidPartOrder 400');
    const mistaken = complete(target, [{ ...second, PartNumber: 1 }]);
    expect(await refusalOf(s3.send(mistaken))).toBe('InvalidPart 400');
    const absent = complete(target, [{ ...first, PartNumber: 3 }]);
    expect(await refusalOf(s3.send(absent))).toBe('InvalidPart 400');
    await s3.send(complete(target, [first, second]));
  },

  'completing obeys If-None-Match: *': async (stage: Stage): Promise<void> => {
    const { s3 } = stage;
    await put(stage, 'uploads/conditional', 'there already');
    const target = await begin(stage, 'uploads/conditional');
    const Parts = [await uploadPart(stage, target, 1, Buffer.from('x'))];
    const command = new CompleteMultipartUploadCommand({
      ...target,
      MultipartUpload: { Parts },
      IfNoneMatch: '*',
    });
    expect(await refusalOf(s3.send(command))).toBe('PreconditionFailed 412');
    await s3.send(new AbortMultipartUploadCommand(target));
  },

  'a composite checksum is the checksum of the parts': async (stage: Stage): Promise<void> => {
    const { s3 } = stage;
    const target = await begin(stage, 'uploads/composite', { ChecksumAlgorithm: 'CRC32' });
    const Body = '123456789';
    const send = new UploadPartCommand({ ...target, PartNumber: 1, Body });
    const { ETag, ChecksumCRC32 } = await s3.send(send);
    expect(ChecksumCRC32).toBe('y/Q5Jg==');
    const done = await s3.send(complete(target, [{ PartNumber: 1, ETag, ChecksumCRC32 }]));
    // The CRC-32 of the four bytes CB F4 39 26, and the number of parts.
    expect(done.ChecksumCRC32).toBe('7kxlUA==-1');
  },

  'a full-object checksum is over all bytes': async (stage: Stage): Promise<void> => {
    const { s3 } = stage;
    const options = { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' } as const;
    const target = await begin(stage, 'uploads/full', options);
    const send = new UploadPartCommand({
      ...target,
      PartNumber: 1,
      Body: '123456789',
      ChecksumAlgorithm: 'CRC64NVME',
    });
    const { ETag, ChecksumCRC64NVME } = await s3.send(send);
    const done = await s3.send(complete(target, [{ PartNumber: 1, ETag, ChecksumCRC64NVME }]));
    expect(done).toMatchObject({ ChecksumCRC64NVME: 'rosUhgp5mIg=', ChecksumType: 'FULL_OBJECT' });
  },
};
