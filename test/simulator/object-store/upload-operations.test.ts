import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../contracts/object-store-stage.ts';
import { codeOf, sendSigned } from './signed-request.ts';
import { runClient } from './running-client.ts';
import { BUCKET } from './running-store.ts';

const TARGET = { Bucket: BUCKET, Key: 'key' };
const PATH = `/${BUCKET}/key`;

describe('CreateMultipartUpload', () => {
  it('tells which checksum the parts must bring', async () => {
    const { s3 } = await runClient();
    const create = new CreateMultipartUploadCommand({ ...TARGET, ChecksumAlgorithm: 'CRC32C' });
    const created = await s3.send(create);
    expect(created).toMatchObject({ ChecksumAlgorithm: 'CRC32C', ChecksumType: 'COMPOSITE' });
  });

  it('needs a bucket', async () => {
    const { s3 } = await runClient();
    const create = new CreateMultipartUploadCommand({ ...TARGET, Bucket: 'no-such-bucket' });
    expect(await refusalOf(s3.send(create))).toBe('NoSuchBucket 404');
  });
});

describe('UploadPart', () => {
  it.each(['0', '10001', '-1', 'one', ''])('refuses the number %j', async (partNumber) => {
    const { s3, endpoint } = await runClient();
    const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand(TARGET));
    const query = { partNumber, uploadId: UploadId };
    const response = await sendSigned(endpoint, { method: 'PUT', path: PATH, query, body: 'x' });
    expect(codeOf(response)).toBe('InvalidArgument');
  });

  it('refuses another checksum than the upload was begun with, and keeps nothing', async () => {
    const { s3, root } = await runClient();
    const create = new CreateMultipartUploadCommand({ ...TARGET, ChecksumAlgorithm: 'SHA256' });
    const { UploadId = '' } = await s3.send(create);
    const part = { ...TARGET, UploadId, PartNumber: 1, Body: 'x' };
    const refused = s3.send(new UploadPartCommand({ ...part, ChecksumAlgorithm: 'CRC32' }));
    expect(await refusalOf(refused)).toBe('InvalidRequest 400');
    const upload = join(root, 'buckets', BUCKET, 'uploads', UploadId);
    expect(await readdir(upload)).toEqual(['upload.json']);
    await s3.send(new UploadPartCommand({ ...part, ChecksumAlgorithm: 'SHA256' }));
    expect((await readdir(upload)).sort()).toEqual(['00001', 'upload.json']);
  });

  it('keeps nothing of a part that is refused', async () => {
    const { s3, root } = await runClient();
    const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand(TARGET));
    const part = { ...TARGET, UploadId, PartNumber: 1, Body: 'x', ChecksumCRC32: 'AAAAAA==' };
    expect(await refusalOf(s3.send(new UploadPartCommand(part)))).toBe('BadDigest 400');
    const upload = join(root, 'buckets', BUCKET, 'uploads', UploadId);
    expect(await readdir(upload)).toEqual(['upload.json']);
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
  });
});

describe('an upload', () => {
  it('belongs to its key', async () => {
    const { s3, endpoint } = await runClient();
    const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand(TARGET));
    const query = { uploadId: UploadId };
    for (const method of ['GET', 'DELETE']) {
      const path = `/${BUCKET}/other`;
      const response = await sendSigned(endpoint, { method, path, query });
      expect([response.status, codeOf(response)]).toEqual([404, 'NoSuchUpload']);
    }
  });
});
