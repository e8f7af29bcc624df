/** A store in a temp folder of its own, for tests that go through HTTP. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  startObjectStore,
  type ObjectStore,
  type ObjectStoreOptions,
} from '../../../simulator/object-store/index.ts';
import type { Endpoint } from './signed-request.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const BUCKET = 'test-bucket';
const CREDENTIALS = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' };

export interface RunningStore {
  readonly store: ObjectStore;
  readonly endpoint: Endpoint;
  /** The folder of the store, inside a temp folder that holds nothing else. */
  readonly root: string;
}

/** Starts a store with one bucket; it is closed and deleted when the test ends. */
export async function runStore(options: Partial<ObjectStoreOptions> = {}): Promise<RunningStore> {
  const root = options.root ?? join(await temporaryFolder(), 'store');
  const store = await startObjectStore({
    credentials: CREDENTIALS,
    buckets: [BUCKET],
    ...options,
    root,
  });
  onTestFinished(async () => store.close());
  return {
    store,
    endpoint: { url: store.url, region: 'us-east-1', credentials: CREDENTIALS },
    root,
  };
}
