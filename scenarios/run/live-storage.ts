/** The storage of a live run: a bucket on any S3 endpoint, or on a simulated one that lasts as long as the run. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { S3Sink } from '../../bridge/index.ts';
import { createS3Client, loadS3 } from '../../pipeline/index.ts';
import { startObjectStore } from '../../simulator/index.ts';

/** A bucket that somebody else runs. */
export interface ExternalStorage {
  /** `undefined` for AWS itself. */
  readonly endpoint: string | undefined;
  readonly bucket: string;
}

/** A place for the objects of one run. */
export interface LiveStorage {
  readonly client: S3Client;
  readonly bucket: string;
  /** In front of every key of the run. */
  readonly prefix: string;
  readonly sink: S3Sink;
  close(): Promise<void>;
}

const BUCKET = 'stedi-lake';
const REGION = 'us-east-1';

/**
 * Opens the storage of a run.
 *
 * @throws BridgeError STORAGE_UNREACHABLE, STORAGE_REFUSED when the external bucket cannot be used
 */
export async function openStorage(options: {
  readonly external: ExternalStorage | undefined;
  readonly folder: string;
  readonly runId: string;
}): Promise<LiveStorage> {
  const { external, folder, runId } = options;
  return external === undefined ? openSimulated(folder) : openExternal(external, runId);
}

async function openSimulated(folder: string): Promise<LiveStorage> {
  const credentials = {
    accessKeyId: `stedi${randomBytes(8).toString('hex')}`,
    secretAccessKey: randomBytes(24).toString('base64url'),
  };
  const root = join(folder, 'object-store');
  const store = await startObjectStore({ root, credentials, region: REGION, buckets: [BUCKET] });
  const { S3Client: Client } = loadS3();
  const client = new Client({
    endpoint: store.url,
    region: REGION,
    credentials,
    forcePathStyle: true,
  });
  const sink = new S3Sink({ client, bucket: BUCKET, prefix: '' });
  const close = async (): Promise<void> => {
    client.destroy();
    await store.close();
  };
  return { client, bucket: BUCKET, prefix: '', sink, close };
}

async function openExternal(external: ExternalStorage, runId: string): Promise<LiveStorage> {
  const { endpoint, bucket } = external;
  const client = createS3Client(endpoint);
  // Runs that share a bucket keep apart by their prefix.
  const prefix = `${runId}/`;
  const sink = new S3Sink({ client, bucket, prefix });
  const close = async (): Promise<void> => client.destroy();
  try {
    await sink.check();
  } catch (error) {
    await close();
    throw error;
  }
  return { client, bucket, prefix, sink, close };
}
