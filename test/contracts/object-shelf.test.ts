/** What every place with objects does alike: a folder and a bucket. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LandingObject } from '../../bridge/core/landing-batches.ts';
import { FolderShelf } from '../../bridge/quarantine/folder-shelf.ts';
import type { ObjectShelf } from '../../bridge/quarantine/object-shelf.ts';
import { replayQuarantine } from '../../bridge/quarantine/replay.ts';
import { S3Shelf } from '../../bridge/quarantine/s3-shelf.ts';
import { MemoryShelf, PHONES, sample } from '../bridge/quarantine/memory-shelf.ts';
import { runClient } from '../simulator/object-store/running-client.ts';

const SHELVES: readonly (readonly [string, () => Promise<ObjectShelf>])[] = [
  ['memory', async () => new MemoryShelf()],
  [
    'a folder',
    async () => {
      const root = await mkdtemp(join(tmpdir(), 'stedi shelf '));
      onTestFinished(() => rm(root, { recursive: true }));
      return new FolderShelf(root);
    },
  ],
  [
    'a bucket',
    async () =>
      new S3Shelf({ client: (await runClient({ buckets: ['lake'] })).s3, bucket: 'lake' }),
  ],
];

const object = (key: string, text: string): LandingObject => ({
  key,
  body: gzipSync(text),
  metadata: {},
});

async function bytesOf(shelf: ObjectShelf, key: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of shelf.read(key)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe.each(SHELVES)('%s', (_name, openShelf) => {
  it('keeps objects, gives them back, and lists them in order', async () => {
    const shelf = await openShelf();
    expect(await shelf.list('quarantine/')).toEqual([]);
    const keys = ['quarantine/b/2.gz', 'quarantine/a/1.gz', 'quarantine/b/10.gz'];
    for (const key of keys) await shelf.put(object(key, key));
    await shelf.put(object('other/3.gz', ''));
    expect(await shelf.list('quarantine/')).toEqual(keys.toSorted());
    expect(await shelf.list('quarantine/b/')).toEqual(['quarantine/b/10.gz', 'quarantine/b/2.gz']);
    expect(await bytesOf(shelf, keys[0] ?? '')).toEqual(gzipSync(keys[0] ?? ''));
    expect(await shelf.storedMs('other/3.gz')).toBeGreaterThan(1_600_000_000_000);
    expect(await shelf.storedMs('other/4.gz')).toBeUndefined();
  });

  it('replaces an object, but a new one only where there is none', async () => {
    const shelf = await openShelf();
    expect(await shelf.putNew(object('a/1.gz', 'first'))).toBe(true);
    expect(await shelf.putNew(object('a/1.gz', 'second'))).toBe(false);
    expect(await bytesOf(shelf, 'a/1.gz')).toEqual(gzipSync('first'));
    await shelf.put(object('a/1.gz', 'third'));
    expect(await bytesOf(shelf, 'a/1.gz')).toEqual(gzipSync('third'));
    expect(await shelf.list('a/')).toEqual(['a/1.gz']);
  });

  it('lets one only of many at once be the first', async () => {
    const shelf = await openShelf();
    const attempts = Array.from({ length: 8 }, (_, index) =>
      shelf.putNew(object('a/1.gz', String(index))),
    );
    expect((await Promise.all(attempts)).filter((isFirst) => isFirst)).toHaveLength(1);
    expect(await shelf.list('a/')).toEqual(['a/1.gz']);
  });

  it('can be replayed on', async () => {
    const shelf = await openShelf();
    const source = new MemoryShelf();
    const original = Buffer.from(sample(1));
    const key = source.quarantine(PHONES, 'b-1', [{ original }, {}]);
    await shelf.put({ key, body: source.objects.get(key) as Uint8Array, metadata: {} });
    expect(await replayQuarantine(shelf, { selection: {} })).toMatchObject({
      entries: 1,
      already: 0,
    });
    expect(await replayQuarantine(shelf, { selection: {} })).toMatchObject({
      entries: 0,
      already: 1,
    });
    expect(await shelf.list(`${PHONES}/`)).toEqual([
      `${PHONES}/date=2022-06-18/b-1-replay-0001.json.gz`,
    ]);
  });
});
