/** A lander in front of an S3 endpoint over HTTP that fails by a plan, and what the oracle needs to judge it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { S3Sink } from '../../bridge/adapters/s3-sink.ts';
import type { BatchTable } from '../../bridge/core/landing-batches.ts';
import { PAUSE_MS_MAX } from '../../bridge/core/backoff.ts';
import { encodeQuarantineLine } from '../../bridge/core/quarantine-line.ts';
import { Lander } from '../../bridge/landing/lander.ts';
import type { BridgeTimers } from '../../bridge/ports.ts';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/core/random.ts';
import { startObjectStore } from '../../simulator/object-store/index.ts';
import type {
  ObjectStore,
  ObjectStoreFault,
  ObjectStoreRequest,
} from '../../simulator/object-store/index.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { MemorySource, NOON_MS } from '../bridge/landing/memory-source.ts';
import { judgeFault } from './oracle.ts';
import type { FaultVerdict, SentRow } from './oracle.ts';

/** Instants at which each fault strikes. */
export const SEEDS: readonly number[] = Array.from({ length: 20 }, (_, seed) => seed);

const REGION = 'us-east-1';
const CREDENTIALS = { accessKeyId: 'faults', secretAccessKey: 'faults-secret' };
/** How much faster pauses pass than they would. */
const PAUSE_SPEED = 2000;
const TABLES: readonly BatchTable[] = [
  'accelerometer_landing',
  'step_trainer_landing',
  'quarantine/accelerometer_landing',
];

/** Decides on the `ordinal`-th request of one lander, counted from 1. */
export type FaultPlan = (
  ordinal: number,
  request: ObjectStoreRequest,
) => ObjectStoreFault | undefined;

/** One lander with storage of its own. */
export interface Station {
  readonly seed: number;
  readonly random: Random;
  readonly notices: readonly string[];
  /** Failed attempts so far. */
  readonly failures: () => number;
  /** Makes the bucket, where it was not there from the start. */
  createBucket(): Promise<void>;
  /** Changes what the lander signs with. */
  useCredentials(credentials: { accessKeyId: string; secretAccessKey: string }): void;
}

/** What is special about a fault. */
export interface StorageFault {
  /** Made once for each seed. */
  readonly plan?: (random: Random) => FaultPlan;
  /** Before anything is landed. */
  readonly prepare?: (station: Station) => void | Promise<void>;
  /** Told each failed attempt, so that somebody can mend what is wrong. */
  readonly onFailure?: (station: Station) => void | Promise<void>;
  /** The bucket is not there at the start. */
  readonly withoutBucket?: boolean;
}

/** What came of a fault at one seed. */
export interface StorageOutcome {
  readonly seed: number;
  readonly verdict: FaultVerdict;
  readonly notices: readonly string[];
  readonly failures: number;
  /** Requests that the storage saw of this lander. */
  readonly requests: number;
}

/** Lands through a fault at every seed, all at once, and judges what then lies in the storage. */
export async function runStorageFault(fault: StorageFault): Promise<StorageOutcome[]> {
  const root = await mkdtemp(join(tmpdir(), 'stedi-storage-faults-'));
  const plans: Plans = new Map();
  const store = await startObjectStore({
    root,
    credentials: CREDENTIALS,
    region: REGION,
    buckets: fault.withoutBucket === true ? [] : SEEDS.map(bucketOf),
    fault: (request) => {
      const entry = plans.get(request.bucket);
      const chosen = entry?.plan(++entry.requests, request);
      if (chosen?.kind === 'hang') entry?.timers.ringLimits();
      return chosen;
    },
  });
  const admin = clientOf(store, CREDENTIALS);
  try {
    return await Promise.all(
      SEEDS.map((seed) => landThrough(fault, { seed, store, plans, admin })),
    );
  } finally {
    admin.destroy();
    await store.close();
    await rm(root, { recursive: true });
  }
}

/** The plan of each bucket, for as long as it fails. */
type Plans = Map<string, { plan: FaultPlan; requests: number; timers: ScriptedTimers }>;

interface Place {
  readonly seed: number;
  readonly store: ObjectStore;
  readonly plans: Plans;
  readonly admin: S3Client;
}

async function landThrough(
  fault: StorageFault,
  { seed, store, plans, admin }: Place,
): Promise<StorageOutcome> {
  const random = seededStreams(seed)('storage');
  const bucket = bucketOf(seed);
  const timers = new ScriptedTimers();
  const entry = { plan: fault.plan?.(random) ?? (() => undefined), requests: 0, timers };
  plans.set(bucket, entry);
  let credentials = CREDENTIALS;
  // Credentials that have expired are asked for again at each request.
  const changing = async () => ({ ...credentials, expiration: new Date(0) });
  const client = fault.prepare === undefined ? admin : clientOf(store, changing);
  const source = new MemorySource();
  const notices: string[] = [];
  const sink = new S3Sink({ client, bucket, prefix: '' });
  let failures = 0;
  const station: Station = {
    seed,
    random,
    notices,
    failures: () => failures,
    createBucket: async () => void (await admin.send(new CreateBucketCommand({ Bucket: bucket }))),
    useCredentials: (changed) => (credentials = changed),
  };
  const lander = new Lander({
    source,
    sink: {
      put: async (object, signal) => {
        try {
          await sink.put(object, signal);
        } catch (cause) {
          failures++;
          await fault.onFailure?.(station);
          throw cause;
        }
      },
    },
    bridgeId: `Bridge ${seed}`,
    timers,
    random: () => random.next(),
    onNotice: ({ text }) => notices.push(text),
  });
  try {
    await fault.prepare?.(station);
    const sent = sealSegments(source, random, seed);
    lander.start();
    await lander.drained();
    plans.delete(bucket);
    const fresh = rowOf(seed, 999_999);
    source.seal('step_trainer_landing', [fresh]);
    await lander.drained();
    const objects = await listObjects(admin, bucket);
    const rows = sent.length + 1;
    const deliveries = { least: rows, most: rows };
    const verdict = judgeFault({ sent, objects, duplicatesRecognised: 0, fresh, deliveries });
    return { seed, verdict, notices, failures, requests: entry.requests };
  } finally {
    await lander.stop();
    timers.stop();
    if (client !== admin) client.destroy();
  }
}

/** Two to four segments of several tables, as if they had been waiting when the bridge started. */
function sealSegments(source: MemorySource, random: Random, seed: number): SentRow[] {
  const sent: SentRow[] = [];
  const segments = drawInteger(random, 2, 4);
  for (let segment = 0; segment < segments; segment++) {
    const table = segment === 0 ? 'step_trainer_landing' : drawOne(random, TABLES);
    const lines: string[] = [];
    const rows = drawInteger(random, 1, 200);
    for (let row = 0; row < rows; row++) {
      const line = rowOf(seed, 1000 * segment + row);
      const poison = table.startsWith('quarantine/');
      sent.push({ line, acknowledged: true, poison });
      lines.push(poison ? quarantined(line) : line);
    }
    source.seal(table, lines);
  }
  return sent;
}

function rowOf(seed: number, number: number): string {
  return JSON.stringify({ sender: seed, number });
}

function quarantined(line: string): string {
  const entry = { reason: 'not-json', source: 'mqtt', arrivedAt: NOON_MS };
  return Buffer.from(encodeQuarantineLine({ ...entry, original: Buffer.from(line) }))
    .toString()
    .trimEnd();
}

function bucketOf(seed: number): string {
  return `bucket-${seed}`;
}

function clientOf({ url }: ObjectStore, credentials: S3ClientConfig['credentials']): S3Client {
  return new S3Client({
    endpoint: url,
    region: REGION,
    ...(credentials && { credentials }),
    forcePathStyle: true,
    maxAttempts: 1,
  });
}

async function listObjects(
  client: S3Client,
  bucket: string,
): Promise<{ key: string; body: Uint8Array }[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Promise.all(
    Contents.map(async ({ Key: key = '' }) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return { key, body: (await Body?.transformToByteArray()) ?? new Uint8Array() };
    }),
  );
}

/** Pauses pass in no time; time limits of attempts only when they are rung, so that no busy machine reaches one. */
class ScriptedTimers implements BridgeTimers {
  readonly #pauses = new Set<NodeJS.Timeout>();
  #limits: (() => void)[] = [];

  now(): number {
    return performance.now();
  }

  at(timeMs: number, action: () => void): void {
    const ms = timeMs - this.now();
    // Limits are longer than any pause, up to what rounding takes away.
    if (ms > PAUSE_MS_MAX - 1) {
      this.#limits.push(action);
      return;
    }
    const timeout = setTimeout(() => {
      this.#pauses.delete(timeout);
      action();
    }, ms / PAUSE_SPEED);
    this.#pauses.add(timeout);
  }

  /** All attempts that run have had their time. */
  ringLimits(): void {
    const limits = this.#limits;
    this.#limits = [];
    for (const ring of limits) ring();
  }

  stop(): void {
    for (const timeout of this.#pauses) clearTimeout(timeout);
    this.#pauses.clear();
  }
}
