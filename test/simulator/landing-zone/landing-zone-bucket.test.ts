import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStorage } from '../../../pipeline/index.ts';
import type { Place } from '../../../pipeline/index.ts';
import { DEFAULT_LANDING, writeLandingZone } from '../../../simulator/landing-zone/index.ts';
import type { LandingZoneOptions } from '../../../simulator/landing-zone/index.ts';
import { startObjectStore } from '../../../simulator/object-store/index.ts';
import type { ObjectStore } from '../../../simulator/object-store/index.ts';

const CREDENTIALS = { accessKeyId: 'id', secretAccessKey: 'secret' };
const root = mkdtempSync(join(tmpdir(), 'stedi-landing-bucket-'));
let store: ObjectStore;
/** After this many, objects are refused. */
let putsAllowed = Infinity;

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
  store = await startObjectStore({
    root: join(root, 'store'),
    buckets: ['lake'],
    credentials: CREDENTIALS,
    fault: ({ operation }) =>
      operation === 'PutObject' && putsAllowed-- <= 0 ? { kind: 'status', status: 503 } : undefined,
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await store.close();
  rmSync(root, { recursive: true, force: true });
});

function bucket(prefix: string): Place {
  return { kind: 's3', bucket: 'lake', prefix, endpoint: store.url };
}

function options(prefix: string, changes: Partial<LandingZoneOptions> = {}): LandingZoneOptions {
  return {
    spec: { ...DEFAULT_LANDING, customers: 60 },
    seed: 1,
    out: bucket(prefix),
    format: 'ndjson.gz',
    threads: 1,
    chunkRows: 3_500,
    ...changes,
  };
}

async function keysIn(place: Place): Promise<string[]> {
  const storage = openStorage(place);
  try {
    return (await storage.list('')).map(({ key }) => key);
  } finally {
    storage.close();
  }
}

test('a bucket gets the objects that a folder gets', async () => {
  const { objects } = await writeLandingZone(options('same/'));
  const folder = join(root, 'same');
  await writeLandingZone(options('', { out: { kind: 'folder', path: folder } }));
  const keys = await keysIn(bucket('same/'));
  expect(keys).toHaveLength(objects);
  expect(keys).toEqual(await keysIn({ kind: 'folder', path: folder }));
});

test('a prefix with a landing zone is replaced with force alone, its neighbours stay', async () => {
  await writeLandingZone(options('a/'));
  await writeLandingZone(options('b/'));
  await expect(writeLandingZone(options('a/', { seed: 2 }))).rejects.toMatchObject({
    code: 'LANDING_ZONE_EXISTS',
  });
  await writeLandingZone(options('a/', { seed: 2, force: true }));
  expect((await keysIn(bucket('a/'))).every((key) => key.includes('generate-2-'))).toBe(true);
  expect((await keysIn(bucket('b/'))).every((key) => key.includes('generate-1-'))).toBe(true);
});

test('nothing is left in the bucket or beside it when the storage refuses an object in the middle', async () => {
  const scratches = (): string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('stedi-generate-'));
  const before = scratches();
  putsAllowed = 7;
  await expect(writeLandingZone(options('cut/'))).rejects.toMatchObject({
    code: expect.stringMatching(/^STORAGE_/) as string,
  });
  expect(putsAllowed).toBeLessThan(0);
  putsAllowed = Infinity;
  expect(await keysIn(bucket('cut/'))).toEqual([]);
  expect(scratches()).toEqual(before);
});
