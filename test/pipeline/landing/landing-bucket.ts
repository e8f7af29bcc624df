/** A bucket of a simulated store, for the tests of landing buckets. */
import { join } from 'node:path';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { vi } from 'vitest';
import type { Place } from '../../../pipeline/index.ts';
import { createS3Client } from '../../../pipeline/storage/s3-client.ts';
import { startObjectStore } from '../../../simulator/object-store/index.ts';
import { withTempFolder } from '../temp-folder.ts';

const CREDENTIALS = { accessKeyId: 'key-of-the-test', secretAccessKey: 'secret-of-the-test' };

/** What tests do with the bucket `lake`. */
export interface LandingBucket {
  readonly url: string;
  /** A folder that is removed afterwards. */
  readonly folder: string;
  readonly put: (key: string, body: string | Uint8Array) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  readonly place: (prefix?: string, bucket?: string) => Extract<Place, { kind: 's3' }>;
}

/** Starts a store with an empty bucket, and stops it afterwards. */
export async function withBucket<T>(use: (bucket: LandingBucket) => Promise<T>): Promise<T> {
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
  try {
    return await withTempFolder((folder) => useBucket(folder, use));
  } finally {
    vi.unstubAllEnvs();
  }
}

async function useBucket<T>(
  folder: string,
  use: (bucket: LandingBucket) => Promise<T>,
): Promise<T> {
  const store = await startObjectStore({ root: join(folder, 'store'), credentials: CREDENTIALS });
  const client = createS3Client(store.url);
  try {
    await client.send(new CreateBucketCommand({ Bucket: 'lake' }));
    return await use({
      url: store.url,
      folder,
      put: async (Key, Body) => {
        await client.send(new PutObjectCommand({ Bucket: 'lake', Key, Body }));
      },
      remove: async (Key) => {
        await client.send(new DeleteObjectCommand({ Bucket: 'lake', Key }));
      },
      place: (prefix = '', bucket = 'lake') => ({
        kind: 's3',
        bucket,
        prefix,
        endpoint: store.url,
      }),
    });
  } finally {
    client.destroy();
    await store.close();
  }
}
