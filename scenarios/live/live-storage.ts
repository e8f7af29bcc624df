/** The storage of a live run: a bucket on any S3 endpoint, or on a simulated one that lasts as long as the run. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { S3Sink } from '../../bridge/index.ts';
import type { OpenSink } from '../../bridge/index.ts';
import { createS3Client } from '../../pipeline/index.ts';
import type { Place } from '../../pipeline/index.ts';
import { startObjectStore } from '../../simulator/index.ts';
import { StorageOutage } from './storage-outage.ts';

/** A bucket that somebody else runs. */
export interface ExternalStorage {
  /** `undefined` for AWS itself. */
  readonly endpoint: string | undefined;
  readonly bucket: string;
}

/** A place for the objects of one run. */
export interface LiveStorage {
  /** Where objects land, for whoever reads them. */
  readonly place: Extract<Place, { kind: 's3' }>;
  /** For reading, and for what does not land through the bridge. */
  readonly client: S3Client;
  /** What the bridge lands in; it lets it go itself. */
  readonly bridgeSink: OpenSink;
  readonly sink: S3Sink;
  /** What makes a simulated storage fail; nobody makes that of somebody else fail. */
  readonly outage: StorageOutage | undefined;
  close(): Promise<void>;
}

/** Where and how the storage of a run is opened. */
export interface LiveStorageOptions {
  readonly external: ExternalStorage | undefined;
  readonly folder: string;
  readonly runId: string;
  /** Told of each object that the simulated storage refuses, or takes its time for. */
  readonly onStruck: (occurrence: 'storage-down' | 'storage-slow') => void;
}

const BUCKET = 'stedi-lake';

/**
 * Opens the storage of a run.
 *
 * @throws BridgeError STORAGE_UNREACHABLE, STORAGE_REFUSED when the external bucket cannot be used
 */
export async function openStorage(options: LiveStorageOptions): Promise<LiveStorage> {
  const { external } = options;
  return external === undefined ? openSimulated(options) : openExternal(external, options.runId);
}

async function openSimulated({ folder, onStruck }: LiveStorageOptions): Promise<LiveStorage> {
  const credentials = {
    accessKeyId: `stedi${randomBytes(8).toString('hex')}`,
    secretAccessKey: randomBytes(24).toString('base64url'),
  };
  const root = join(folder, 'object-store');
  const outage = new StorageOutage(onStruck);
  const region = await regionOfClients();
  const store = await startObjectStore({
    root,
    credentials,
    region,
    buckets: [BUCKET],
    fault: (request) => outage.strike(request),
  });
  const endpoint = store.url;
  const open = (options: ClientOptions): S3Client =>
    createS3Client(endpoint, { credentials, ...options });
  const place = { kind: 's3', bucket: BUCKET, prefix: '', endpoint, credentials } as const;
  const storage = assemble(place, open);
  return {
    ...storage,
    outage,
    close: async () => {
      await storage.close();
      await store.close();
    },
  };
}

/** Clients take their region from the environment: the simulated storage is in the same one. */
async function regionOfClients(): Promise<string> {
  const client = createS3Client();
  const region = await client.config.region();
  client.destroy();
  return region;
}

async function openExternal(external: ExternalStorage, runId: string): Promise<LiveStorage> {
  const { endpoint, bucket } = external;
  // Runs that share a bucket keep apart by their prefix.
  const prefix = `${runId}/`;
  const place = {
    kind: 's3',
    bucket,
    prefix,
    ...(endpoint !== undefined && { endpoint }),
  } as const;
  const storage = assemble(place, (options) => createS3Client(endpoint, options));
  try {
    await storage.sink.check();
  } catch (error) {
    storage.bridgeSink.close();
    await storage.close();
    throw error;
  }
  return storage;
}

interface ClientOptions {
  readonly maxAttempts?: number;
}

function assemble(
  place: LiveStorage['place'],
  open: (options: ClientOptions) => S3Client,
): LiveStorage {
  const { bucket, prefix } = place;
  const client = open({});
  // Whoever lands tries again by themselves.
  const landing = open({ maxAttempts: 1 });
  const sink = new S3Sink({ client: landing, bucket, prefix });
  return {
    place,
    client,
    sink: new S3Sink({ client, bucket, prefix }),
    bridgeSink: {
      sink,
      name: `the bucket ${bucket}`,
      ask: () => sink.check(),
      close: () => landing.destroy(),
    },
    outage: undefined,
    close: async () => client.destroy(),
  };
}
