/** A bucket of the simulated object store whose faults a test chooses. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { S3Place } from '../../../pipeline/storage/s3-failure.ts';
import { startObjectStore } from '../../../simulator/object-store/index.ts';
import type { ChooseFault, ObjectStoreRequest } from '../../../simulator/object-store/index.ts';

export const CREDENTIALS = {
  accessKeyId: 'key-of-the-test',
  secretAccessKey: 'secret-of-the-test',
} as const;

/** A store under test: requests are noted from the last `note` on. */
export interface FaultyStore {
  readonly place: S3Place;
  readonly root: string;
  /** Forgets the requests so far and chooses the faults of those that follow; none if absent. */
  readonly note: (fault?: ChooseFault) => void;
  /** The requests since the last `note`, such as `PutObject _zones.json`. */
  readonly requests: readonly string[];
}

/** Storage that answers at once, also that it does not answer. */
export const IMPATIENT = { attempts: 1, silenceMs: 300 } as const;

/** Starts a store with the bucket `lake`, and stops it afterwards. */
export async function withFaultyStore(use: (store: FaultyStore) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'stedi-bucket-'));
  const requests: string[] = [];
  let choose: ChooseFault | undefined;
  const fault = (request: ObjectStoreRequest) => {
    requests.push(`${request.operation} ${request.key}`);
    return choose?.(request);
  };
  const store = await startObjectStore({
    root,
    credentials: CREDENTIALS,
    buckets: ['lake'],
    fault,
  });
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
  const note = (next?: ChooseFault): void => {
    requests.length = 0;
    choose = next;
  };
  const place = { kind: 's3', bucket: 'lake', prefix: 'run/', endpoint: store.url } as const;
  try {
    await use({ place, root, requests, note });
  } finally {
    vi.unstubAllEnvs();
    await store.close();
    await rm(root, { recursive: true, force: true });
  }
}
