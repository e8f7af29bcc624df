import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createS3Client } from '../../../pipeline/index.ts';
import { openLandingBucket } from '../../../scenarios/run/landing-bucket.ts';
import type { LandingBucket } from '../../../scenarios/run/landing-bucket.ts';

const NAMES = ['a.json', 'b.json', 'c.json', 'd.json'];
const KEYS = NAMES.map((name) => `accelerometer/landing/${name}`);

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stedi-bucket-test-'));
  const folder = join(root, 'accelerometer', 'landing');
  await mkdir(folder, { recursive: true });
  for (const name of NAMES) await writeFile(join(folder, name), `{"name":"${name}"}\n`);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function listKeys(bucket: LandingBucket): Promise<(string | undefined)[]> {
  const { bucket: Bucket, endpoint, credentials } = placeOf(bucket);
  const client = createS3Client(endpoint, { credentials, maxAttempts: 1 });
  try {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    return Contents.map(({ Key }) => Key);
  } finally {
    client.destroy();
  }
}

function placeOf({ place }: LandingBucket) {
  if (place.kind !== 's3') throw new RangeError('The landing zone is not in a bucket.');
  const { credentials, ...rest } = place;
  if (credentials === undefined) throw new RangeError('The bucket is open to anybody.');
  return { ...rest, credentials };
}

test('the first listings give half of the objects, later ones all', async () => {
  const bucket = await openLandingBucket(root, 2);
  try {
    expect(bucket.struck).toBe(0);
    expect(await listKeys(bucket)).toEqual(KEYS.slice(0, 2));
    expect(await listKeys(bucket)).toEqual(KEYS.slice(0, 2));
    expect(bucket.struck).toBe(2);
    expect(await listKeys(bucket)).toEqual(KEYS);
    expect(bucket.struck).toBe(2);
  } finally {
    await bucket.close();
  }
});

test('a closed bucket answers nobody any more, and the landing folder stays', async () => {
  const bucket = await openLandingBucket(root, 0);
  expect(await listKeys(bucket)).toEqual(KEYS);
  await bucket.close();
  await expect(listKeys(bucket)).rejects.toThrow('ECONNREFUSED');
  expect(await readdir(join(root, 'accelerometer', 'landing'))).toEqual(NAMES);
});
