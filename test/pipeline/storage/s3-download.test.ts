import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../pipeline/storage/open-storage.ts';
import type { Storage, StoredObject } from '../../../pipeline/storage/storage.ts';
import type { ChooseFault, ObjectStoreFault } from '../../../simulator/object-store/index.ts';
import { withTempFolder } from '../temp-folder.ts';
import { withFaultyStore } from './faulty-store.ts';

const QUICK = { attempts: 3, silenceMs: 300 } as const;

/** Stores one object and fetches it with faults in the calls. */
async function fetchWith(
  fault: ChooseFault,
  check: (fetched: Promise<string>, folder: string) => Promise<void>,
  prepare?: ObjectStoreFault,
): Promise<void> {
  await withFaultyStore(async ({ place, note }) => {
    await withTempFolder(async (folder) => {
      const storage: Storage = openStorage(place, QUICK);
      note((request) => (request.operation === 'PutObject' ? prepare : undefined));
      await storage.write('a/object', Buffer.from('some text')).catch(() => undefined);
      const [object] = (await storage.list('a/')) as [StoredObject];
      note(fault);
      await check(storage.fetch({ ...object, bytes: 9 }, folder), folder);
      storage.close();
    });
  });
}

const first = (fault: ObjectStoreFault): ChooseFault => {
  let calls = 0;
  return () => (calls++ === 0 ? fault : undefined);
};

describe('downloadS3Object', () => {
  it.each<ObjectStoreFault>([
    { kind: 'status', status: 503 },
    { kind: 'reset-before' },
    { kind: 'hang' },
  ])('asks again after %o', async (fault) => {
    await fetchWith(first(fault), async (fetched) => {
      expect(await readFile(await fetched, 'utf8')).toBe('some text');
    });
  });

  it('says that the storage does not answer, and leaves nothing', async () => {
    await fetchWith(
      () => ({ kind: 'reset-before' }),
      async (fetched, folder) => {
        await expect(fetched).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
        expect(await readdir(folder)).toEqual([]);
      },
    );
  });

  it('does not take what the storage kept only in part', async () => {
    await fetchWith(
      () => undefined,
      async (fetched, folder) => {
        await expect(fetched).rejects.toMatchObject({
          code: 'STORAGE_REFUSED',
          message: expect.stringContaining('a/object') as string,
        });
        expect(await readdir(folder)).toEqual([]);
      },
      { kind: 'truncate', keepBytes: 4 },
    );
  });

  it('says that the disk refuses the copy', async () => {
    await withFaultyStore(async ({ place }) => {
      const storage = openStorage(place, QUICK);
      await storage.write('object', Buffer.from('text'));
      const [object] = (await storage.list('')) as [StoredObject];
      await expect(storage.fetch(object, join('/proc', 'nowhere'))).rejects.toMatchObject({
        code: 'OUTPUT_UNWRITABLE',
        message: expect.stringContaining('/proc/nowhere') as string,
      });
      storage.close();
    });
  });
});
