import { expect, it } from 'vitest';
import { S3Storage } from '../../../pipeline/storage/s3-storage.ts';
import type { ObjectStoreFault } from '../../../simulator/object-store/index.ts';
import { withFaultyStore } from './faulty-store.ts';

const LACKS: ObjectStoreFault = { kind: 'status', status: 501 };
const FAILS: ObjectStoreFault = { kind: 'status', status: 500 };

it('removes objects one by one where the storage cannot remove many at once', async () => {
  await withFaultyStore(async ({ place, note, requests }) => {
    const storage = new S3Storage(place, { attempts: 1 });
    for (const key of ['a', 'b/c', 'd']) await storage.write(key, Buffer.from(key));
    note(({ operation }) => (operation === 'DeleteObjects' ? LACKS : undefined));
    await storage.remove(['a', 'b/c', 'nothing']);
    expect(requests.toSorted()).toEqual([
      'DeleteObject run/a',
      'DeleteObject run/b/c',
      'DeleteObject run/nothing',
      'DeleteObjects ',
    ]);
    expect((await storage.list('')).map(({ key }) => key)).toEqual(['d']);
    storage.close();
  });
});

it('tells when the storage fails to remove objects', async () => {
  await withFaultyStore(async ({ place, note, requests }) => {
    const storage = new S3Storage(place, { attempts: 1 });
    note(({ operation }) => (operation === 'DeleteObjects' ? FAILS : undefined));
    await expect(storage.remove(['a'])).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
    expect(requests).toEqual(['DeleteObjects ']);
    storage.close();
  });
});
