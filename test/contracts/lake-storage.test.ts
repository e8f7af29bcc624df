import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startObjectStore } from '../../simulator/object-store/index.ts';
import { describeLakeStorage } from './lake-storage.ts';
import type { OpenedPlace } from './lake-storage.ts';

const CREDENTIALS = { accessKeyId: 'contract', secretAccessKey: 'contract-secret' };

describeLakeStorage({
  name: 'a folder',
  runs: true,
  open: async () => {
    const root = await mkdtemp(join(tmpdir(), 'stedi-storage-'));
    return {
      place: (name) => ({ kind: 'folder', path: join(root, name) }),
      close: () => rm(root, { recursive: true }),
    };
  },
});

describeLakeStorage({
  name: 'a bucket of the simulated object store',
  runs: true,
  open: async () => {
    const root = await mkdtemp(join(tmpdir(), 'stedi-storage-'));
    const store = await startObjectStore({ root, credentials: CREDENTIALS, buckets: ['lake'] });
    const close = async (): Promise<void> => {
      await store.close();
      await rm(root, { recursive: true });
    };
    return { ...placesIn('lake', store.url), environment: environmentOf(CREDENTIALS), close };
  },
});

const url = process.env['STEDI_TEST_S3_URL'] ?? '';
const accessKeyId = process.env['STEDI_TEST_S3_ACCESS_KEY_ID'] ?? '';
const secretAccessKey = process.env['STEDI_TEST_S3_SECRET_ACCESS_KEY'] ?? '';
const region = process.env['STEDI_TEST_S3_REGION'] ?? 'us-east-1';

describeLakeStorage({
  name: 'a bucket of an independent object store (.ci/install-object-store starts one)',
  runs: url !== '',
  open: async () => {
    const credentials = { accessKeyId, secretAccessKey };
    const s3 = new S3Client({ endpoint: url, region, credentials, forcePathStyle: true });
    const Bucket = `storage-${randomUUID()}`;
    await s3.send(new CreateBucketCommand({ Bucket }));
    const close = async (): Promise<void> => {
      await s3.send(new DeleteBucketCommand({ Bucket }));
      s3.destroy();
    };
    return { ...placesIn(Bucket, url), environment: environmentOf(credentials), close };
  },
});

function placesIn(bucket: string, endpoint: string): Pick<OpenedPlace, 'place'> {
  return { place: (name) => ({ kind: 's3', bucket, prefix: `${name}/`, endpoint }) };
}

function environmentOf(credentials: typeof CREDENTIALS): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
  };
}
