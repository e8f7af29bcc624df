import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import type { ObjectStoreOptions } from '../../../simulator/object-store/index.ts';
import { runStore, type RunningStore } from './running-store.ts';

export interface RunningClient extends RunningStore {
  readonly s3: S3Client;
}

/** Starts a store and an SDK client that tries everything once; both end with the test. */
export async function runClient(options: Partial<ObjectStoreOptions> = {}): Promise<RunningClient> {
  const running = await runStore(options);
  const { url, ...identity } = running.endpoint;
  const s3 = new S3Client({ endpoint: url, ...identity, maxAttempts: 1, forcePathStyle: true });
  onTestFinished(() => s3.destroy());
  return { ...running, s3 };
}
