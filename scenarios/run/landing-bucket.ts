/** A landing zone as a bucket that does not list everything it holds. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { S3Sink } from '../../bridge/index.ts';
import { createS3Client } from '../../pipeline/index.ts';
import type { Place } from '../../pipeline/index.ts';
import { startObjectStore } from '../../simulator/index.ts';
import { listFiles } from '../evidence/ndjson-files.ts';

const BUCKET = 'stedi-landing';

/** A landing zone in a bucket. */
export interface LandingBucket {
  readonly place: Place;
  /** How many listings have given half of what there is. */
  readonly struck: number;
  close(): Promise<void>;
}

/**
 * Puts the objects of a landing folder into a bucket of a simulated endpoint. The first `count` listings give
 * the first half of their keys, and say that these are all. Throws what the endpoint throws.
 */
export async function openLandingBucket(landing: string, count: number): Promise<LandingBucket> {
  const root = await mkdtemp(join(tmpdir(), 'stedi-landing-'));
  const credentials = {
    accessKeyId: `stedi${randomBytes(8).toString('hex')}`,
    secretAccessKey: randomBytes(24).toString('base64url'),
  };
  let struck = 0;
  const store = await startObjectStore({
    root,
    credentials,
    buckets: [BUCKET],
    fault: ({ operation }) => {
      if (operation !== 'ListObjectsV2' || struck >= count) return undefined;
      struck++;
      return { kind: 'list-page', page: 'first-half' };
    },
  });
  const close = async (): Promise<void> => {
    await store.close();
    await rm(root, { recursive: true, force: true });
  };
  try {
    await upload(landing, store.url, credentials);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    place: { kind: 's3', bucket: BUCKET, prefix: '', endpoint: store.url, credentials },
    get struck() {
      return struck;
    },
    close,
  };
}

async function upload(
  landing: string,
  endpoint: string,
  credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
): Promise<void> {
  const client = createS3Client(endpoint, { credentials });
  const sink = new S3Sink({ client, bucket: BUCKET, prefix: '' });
  try {
    for (const path of await listFiles(landing)) {
      const key = relative(landing, path).split(sep).join('/');
      await sink.put({ key, body: await readFile(path), metadata: {} });
    }
  } finally {
    client.destroy();
  }
}
