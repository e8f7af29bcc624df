import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import { FolderStorage } from '../../../pipeline/storage/folder-storage.ts';
import type { Storage } from '../../../pipeline/storage/storage.ts';
import { StoredFiles } from '../../../pipeline/zones/stored-files.ts';
import { writePointer } from '../../../pipeline/zones/zones-pointer.ts';
import type { ZonesPointer } from '../../../pipeline/zones/zones-pointer.ts';
import { rowsOf } from './publication.ts';

const KEYS = ZONE_TABLES.map((table) => `${table}/${table}-0123456789ab.parquet`);

/** A pointer that names all of them. */
const POINTER = writePointer({
  version: 1,
  revision: 1,
  policy: 'strict',
  tables: Object.fromEntries(
    ZONE_TABLES.map((table, index) => [
      table,
      { ...rowsOf(1)[table], file: KEYS[index], bytes: 4, sha256: '' },
    ]),
  ) as unknown as ZonesPointer['tables'],
  quarantine: [],
});

let folder = '';
let storage: Storage;
let paths: Map<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-stored-'));
  storage = new FolderStorage(join(folder, 'out'));
  await writeFile(join(folder, 'file'), 'text');
  paths = new Map(KEYS.map((key) => [key, join(folder, 'file')]));
});
afterEach(() => rm(folder, { recursive: true }));

/** The same storage, with something done right after the first removal. */
function whenRemoved(then: () => Promise<unknown>): Storage {
  const isRemoved = { yet: false };
  const watched: Pick<Storage, 'store' | 'read' | 'remove'> = {
    store: (path, key) => storage.store(path, key),
    read: (key) => storage.read(key),
    remove: async (keys) => {
      await storage.remove(keys);
      if (!isRemoved.yet) await then();
      isRemoved.yet = true;
    },
  };
  return watched as Storage;
}

async function storeAll(stored: StoredFiles): Promise<void> {
  for (const key of KEYS) await stored.add(key, undefined);
}

async function keys(): Promise<string[]> {
  return (await storage.list('')).map(({ key }) => key);
}

it('takes back what it stored and nothing else', async () => {
  await storage.store(join(folder, 'file'), 'customer_trusted/other.parquet');
  const stored = new StoredFiles(storage, paths);
  await storeAll(stored);
  await stored.takeBack();
  expect(await keys()).toEqual(['customer_trusted/other.parquet']);
});

it('leaves what a pointer names, and everything when that cannot be read', async () => {
  for (const pointer of [POINTER, Buffer.from('{"version":2}')]) {
    const stored = new StoredFiles(storage, paths);
    await storeAll(stored);
    await storage.write('_zones.json', pointer);
    await stored.takeBack();
    expect(await keys()).toEqual(['_zones.json', ...KEYS].toSorted());
  }
});

it('puts back what another run has named since', async () => {
  const stored = new StoredFiles(
    whenRemoved(() => storage.write('_zones.json', POINTER)),
    paths,
  );
  await storeAll(stored);
  await stored.takeBack();
  expect(await keys()).toEqual(['_zones.json', ...KEYS].toSorted());
});

it('puts back, once it is published, what another run took', async () => {
  const [first, second] = [new StoredFiles(storage, paths), new StoredFiles(storage, paths)];
  await storeAll(first);
  await storeAll(second);
  await first.takeBack();
  expect(await keys()).toEqual([]);
  await second.putBack();
  expect(await keys()).toEqual(KEYS.toSorted());
});

it('reports no failure of its own', async () => {
  const stored = new StoredFiles(storage, paths);
  await storeAll(stored);
  paths.clear();
  await storage.remove(KEYS);
  await stored.putBack();
  const broken = new StoredFiles(
    whenRemoved(() => Promise.reject(new Error('gone'))),
    new Map(KEYS.map((key) => [key, join(folder, 'file')])),
  );
  await storeAll(broken);
  await broken.takeBack();
  expect(await keys()).toEqual([]);
});
