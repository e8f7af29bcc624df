/** What the lake may rely on of any storage: the same sentences for a folder, a simulated bucket and an independent one. */
import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStorage } from '../../pipeline/storage/open-storage.ts';
import type { Place } from '../../pipeline/storage/place.ts';
import type { Storage } from '../../pipeline/storage/storage.ts';
import { hasConditionalWrites } from '../../pipeline/zones/conditional-writes.ts';
import { listBoth, readText } from '../pipeline/zones/killed-run.ts';
import { runTexts } from '../pipeline/zones/publication.ts';
import { withTempFolder } from '../pipeline/temp-folder.ts';

/** A place under test. */
export interface OpenedPlace {
  /** A place of its own, with nothing in it. */
  readonly place: (name: string) => Place;
  readonly environment?: Readonly<Record<string, string>>;
  readonly close?: () => Promise<void>;
}

/** A kind of place as the suite speaks of it. */
export interface StorageSubject {
  readonly name: string;
  /** False shows every sentence as skipped. */
  readonly runs: boolean;
  readonly open: () => Promise<OpenedPlace>;
}

type Use = (storage: Storage, folder: string) => Promise<void>;

const CHANGED = { code: 'LANDING_CHANGED' };
const SWAPS = 20;

/** Runs the suite against one kind of place. */
export function describeLakeStorage({ name, runs, open }: StorageSubject): void {
  describe.runIf(runs)(`${name}`, () => {
    let opened: OpenedPlace;
    beforeAll(async () => {
      opened = await open();
      for (const [key, value] of Object.entries(opened.environment ?? {})) vi.stubEnv(key, value);
    });
    afterAll(async () => {
      await opened.close?.();
      vi.unstubAllEnvs();
    });

    const withStorage = (use: Use): Promise<void> =>
      withTempFolder(async (folder) => {
        const storage = openStorage(opened.place(randomUUID()));
        try {
          await use(storage, folder);
        } finally {
          await storage.remove((await storage.list('')).map(({ key }) => key));
          storage.close();
        }
      });

    it('lists what is below a prefix, sorted, whatever is in a key', () => withStorage(listsKeys));
    it('names the folders right below the place', () => withStorage(namesFolders));
    it('gives back the bytes that were stored', () => withStorage(givesBack));
    it('fetches only what was listed', () => withStorage(fetchesListed));
    it('replaces an object at once: nobody sees a part of one', () => withStorage(replacesAtOnce));
    it('writes on condition of what is there', () => withStorage(writesOnCondition));
    it('lets one of many writers have a new key', () => withStorage(letsOneWrite));
    it('is found to honour conditions', () => withStorage(honoursConditions));
    it('takes one run after the other, and keeps the last one only', async () => {
      const place = opened.place(randomUUID());
      await withRuns(place, async (runs) => {
        for (const text of ['one', 'two', 'two']) {
          await runTexts(place, { text, quarantine: text });
          expect(await runs()).toEqual([text, true]);
        }
      });
    });
    it('removes what is there, and does not mind what is not', () => withStorage(removes));
  });
}

async function honoursConditions(storage: Storage): Promise<void> {
  expect(await hasConditionalWrites(storage)).toBe(true);
  expect(await storage.list('')).toEqual([]);
}

/** Gives what tells which run a place shows, and whether it holds that run alone; clears up afterwards. */
async function withRuns(
  place: Place,
  use: (runs: () => Promise<readonly [string, boolean]>) => Promise<void>,
): Promise<void> {
  try {
    await use(async () => {
      const { there, named } = await listBoth(place);
      return [await readText(place), there.join() === named.join()];
    });
  } finally {
    const storage = openStorage(place);
    await storage.remove((await storage.list('')).map(({ key }) => key));
    storage.close();
  }
}

async function putText(storage: Storage, folder: string, key: string, text: string) {
  const path = join(folder, randomUUID());
  await writeFile(path, text);
  return storage.store(path, key);
}

async function listsKeys(storage: Storage, folder: string): Promise<void> {
  expect(await storage.list('')).toEqual([]);
  const keys = ['a/b/c d+e%2f&<é.json', 'a/b.json', 'a-b.json', 'ab/c', 'b/c'];
  for (const key of keys) await putText(storage, folder, key, key);
  expect((await storage.list('')).map(({ key }) => key)).toEqual(keys.toSorted());
  expect((await storage.list('a/')).map(({ key, bytes }) => ({ key, bytes }))).toEqual(
    ['a/b.json', 'a/b/c d+e%2f&<é.json'].map((key) => ({ key, bytes: Buffer.byteLength(key) })),
  );
  expect((await storage.list('a/b')).map(({ key }) => key)).toHaveLength(2);
  expect(await storage.list('c/')).toEqual([]);
}

async function namesFolders(storage: Storage, folder: string): Promise<void> {
  expect(await storage.folders()).toEqual([]);
  for (const key of ['b c+d/x/1', 'b c+d/y/2', 'a/1', 'file']) {
    await putText(storage, folder, key, key);
  }
  expect((await storage.folders()).toSorted()).toEqual(['a', 'b c+d']);
}

async function givesBack(storage: Storage, folder: string): Promise<void> {
  for (const text of ['', 'some text', 'x'.repeat(3_000_000)]) {
    const stored = await putText(storage, folder, 'a/object', text);
    expect(stored).toEqual((await storage.list('a/'))[0]);
    const copy = await storage.fetch(stored, join(folder, 'copies'));
    expect((await readFile(copy, 'utf8')) === text).toBe(true);
    const read = await storage.read('a/object');
    expect(read?.bytes.toString('utf8') === text).toBe(true);
    expect(read?.tag).toBe(stored.tag);
  }
  expect(await storage.read('a/nothing')).toBeUndefined();
}

async function fetchesListed(storage: Storage, folder: string): Promise<void> {
  const listed = await putText(storage, folder, 'a/object', 'first');
  await putText(storage, folder, 'a/object', 'other');
  const copies = join(folder, 'copies');
  await expect(storage.fetch(listed, copies)).rejects.toMatchObject(CHANGED);
  await storage.remove(['a/object']);
  await expect(storage.fetch(listed, copies)).rejects.toMatchObject(CHANGED);
  expect(await readdir(copies).catch(() => [])).toEqual([]);
}

async function replacesAtOnce(storage: Storage, folder: string): Promise<void> {
  const texts = ['a'.repeat(200_000), 'b'.repeat(150_000)];
  await putText(storage, folder, 'object', texts[0] ?? '');
  let isDone = false;
  const seen = new Set<string>();
  const watch = async (): Promise<void> => {
    while (!isDone) seen.add((await storage.read('object'))?.bytes.toString('utf8') ?? 'nothing');
  };
  const watching = watch();
  for (let swap = 1; swap <= SWAPS; swap++) {
    await putText(storage, folder, 'object', texts[swap % 2] ?? '');
  }
  isDone = true;
  await watching;
  expect([...seen].filter((text) => !texts.includes(text))).toEqual([]);
  expect(seen.size).toBeGreaterThan(0);
}

async function writesOnCondition(storage: Storage): Promise<void> {
  const write = (text: string, expected?: Parameters<Storage['write']>[2]) =>
    storage.write('pointer', Buffer.from(text), expected);
  expect(await write('lost', { tag: '00000000000000000000000000000000' })).toBe(false);
  expect(await write('one', 'absent')).toBe(true);
  expect(await write('two', 'absent')).toBe(false);
  const first = await storage.read('pointer');
  expect(first?.bytes.toString()).toBe('one');
  expect(await write('three', { tag: first?.tag ?? '' })).toBe(true);
  expect(await write('four', { tag: first?.tag ?? '' })).toBe(false);
  expect((await storage.read('pointer'))?.bytes.toString()).toBe('three');
  expect(await write('five')).toBe(true);
  expect((await storage.list('')).map(({ key, bytes }) => `${key} ${bytes}`)).toEqual([
    'pointer 4',
  ]);
}

async function letsOneWrite(storage: Storage): Promise<void> {
  const writers = Array.from({ length: 8 }, (_, writer) => `writer ${writer}`);
  const won = await Promise.all(
    writers.map((writer) => storage.write('pointer', Buffer.from(writer), 'absent')),
  );
  const winner = (await storage.read('pointer'))?.bytes.toString();
  expect(writers.filter((_, index) => won[index])).toEqual([winner]);
}

async function removes(storage: Storage, folder: string): Promise<void> {
  for (const key of ['a/b', 'a/c', 'd']) await putText(storage, folder, key, key);
  await storage.remove([]);
  await storage.remove(['a/b', 'a/nothing', 'nowhere/nothing']);
  expect((await storage.list('')).map(({ key }) => key)).toEqual(['a/c', 'd']);
}
