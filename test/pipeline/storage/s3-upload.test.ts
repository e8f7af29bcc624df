import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../pipeline/storage/open-storage.ts';
import { S3Session } from '../../../pipeline/storage/s3-session.ts';
import { uploadFile } from '../../../pipeline/storage/s3-upload.ts';
import type { StoredObject } from '../../../pipeline/storage/storage.ts';
import type { ChooseFault } from '../../../simulator/object-store/index.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';
import { withFaultyStore } from './faulty-store.ts';
import type { FaultyStore } from './faulty-store.ts';

const PART_BYTES = 5 * 1024 ** 2;
const BIG = Buffer.alloc(12 * 1024 ** 2, 'more than two parts');

async function upload({ place }: FaultyStore, bytes: Uint8Array | string): Promise<StoredObject> {
  let stored: StoredObject | undefined;
  await withTempFolder(async (folder) => {
    await writeFiles(folder, { file: bytes });
    const session = new S3Session(place, { attempts: 3, silenceMs: 2_000 });
    const file = { path: join(folder, 'file'), key: 'a/object', signal: undefined };
    try {
      stored = await uploadFile(session, { ...file, partBytes: PART_BYTES });
    } finally {
      session.client.destroy();
    }
  });
  return stored as StoredObject;
}

async function contentOf({ place }: FaultyStore): Promise<Buffer | undefined> {
  const storage = openStorage(place);
  const read = await storage.read('a/object');
  storage.close();
  return read?.bytes;
}

/** A fault in the first call of each operation. */
function once(kind: 'reset-before' | 'reset-after'): ChooseFault {
  const seen = new Set<string>();
  return ({ operation }) => {
    if (seen.has(operation)) return undefined;
    seen.add(operation);
    return { kind };
  };
}

describe('uploadFile', () => {
  it('stores a small file in one call and a large one in parts', async () => {
    await withFaultyStore(async (store) => {
      store.note();
      expect(await upload(store, 'small')).toMatchObject({ key: 'a/object', bytes: 5 });
      expect(store.requests).toEqual(['PutObject run/a/object', 'HeadObject run/a/object']);
      store.note();
      const stored = await upload(store, BIG);
      expect(stored.bytes).toBe(BIG.length);
      expect(stored.tag).toMatch(/-3$/);
      expect(store.requests.filter((request) => request.startsWith('UploadPart'))).toHaveLength(3);
      expect((await contentOf(store))?.equals(BIG)).toBe(true);
    });
  });

  it.each(['reset-before', 'reset-after'] as const)(
    'goes on after %s in the first call of each kind',
    async (kind) => {
      await withFaultyStore(async (store) => {
        store.note(once(kind));
        await upload(store, 'small');
        expect((await contentOf(store))?.toString()).toBe('small');
        store.note(once(kind));
        await upload(store, BIG);
        expect((await contentOf(store))?.equals(BIG)).toBe(true);
      });
    },
  );

  it('gives the parts up when one of them cannot be stored', async () => {
    await withFaultyStore(async (store) => {
      store.note(({ operation }) =>
        operation === 'UploadPart' ? { kind: 'status', status: 500 } : undefined,
      );
      await expect(upload(store, BIG)).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
      expect(store.requests.at(-1)).toBe('AbortMultipartUpload run/a/object');
      expect(await contentOf(store)).toBeUndefined();
    });
  });

  it('notices storage that keeps a part of what it took', async () => {
    await withFaultyStore(async (store) => {
      store.note(({ operation }) =>
        operation === 'PutObject' ? { kind: 'truncate', keepBytes: 3 } : undefined,
      );
      await expect(upload(store, 'small')).rejects.toMatchObject({
        code: 'STORAGE_REFUSED',
        message: expect.stringContaining('a/object') as string,
      });
    });
  });
});
