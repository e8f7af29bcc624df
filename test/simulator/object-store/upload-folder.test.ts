import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  openStoreFolders,
  type StoreFolders,
} from '../../../simulator/object-store/store-folders.ts';
import type { Upload, UploadPlan } from '../../../simulator/object-store/upload-folder.ts';
import { refusalCode } from './fake-request.ts';
import { temporaryFolder } from './temporary-folder.ts';

const PLAN: UploadPlan = { key: 'a/key', headers: { 'content-type': 't' } };

async function stage(): Promise<StoreFolders & { root: string; uploadId: string; upload: Upload }> {
  const root = await temporaryFolder();
  const store = openStoreFolders(root, 'here');
  store.objects.createBucket('bucket');
  const uploadId = store.uploads.begin('bucket', PLAN);
  const upload = store.uploads.find('bucket', PLAN.key, uploadId);
  return { ...store, root, uploadId, upload };
}

async function addPart(
  { objects, uploads }: StoreFolders,
  upload: Upload,
  number: number,
  etag: string,
): Promise<void> {
  await objects.withIncomingFile(async (file) => {
    await file.seal({ key: PLAN.key, etag, lastModifiedMs: 0, headers: {} });
    uploads.commitPart(file, upload, number);
  });
}

describe('uploads', () => {
  it('are found by bucket, key and id', async () => {
    const { uploads, uploadId } = await stage();
    expect(uploads.find('bucket', PLAN.key, uploadId)).toMatchObject(PLAN);
    const otherKey = refusalCode(() => uploads.find('bucket', 'other', uploadId));
    expect(await otherKey).toBe('NoSuchUpload');
    const otherBucket = refusalCode(() => uploads.find('another', PLAN.key, uploadId));
    expect(await otherBucket).toBe('NoSuchBucket');
  });

  it.each(['', '..', '../../x', 'x', '0'.repeat(32), '0'.repeat(31)])(
    'have no id %j',
    async (uploadId) => {
      const { uploads } = await stage();
      const found = refusalCode(() => uploads.find('bucket', PLAN.key, uploadId));
      expect(await found).toBe('NoSuchUpload');
    },
  );

  it('have ids that differ', async () => {
    const { uploads, uploadId } = await stage();
    expect(uploads.begin('bucket', PLAN)).not.toBe(uploadId);
  });

  it('survive a restart of the store', async () => {
    const { root, uploadId, ...store } = await stage();
    await addPart(store, store.upload, 1, 'one');
    const reopened = openStoreFolders(root, 'here');
    const upload = reopened.uploads.find('bucket', PLAN.key, uploadId);
    expect(reopened.uploads.parts(upload)).toMatchObject([{ number: 1, record: { etag: 'one' } }]);
  });
});

describe('parts', () => {
  it('are in the order of their numbers; the last of a number counts', async () => {
    const { upload, ...store } = await stage();
    for (const [number, etag] of [
      [10_000, 'last'],
      [2, 'replaced'],
      [1, 'one'],
      [2, 'two'],
    ] as const) {
      await addPart(store, upload, number, etag);
    }
    const parts = store.uploads.parts(upload);
    expect(parts.map(({ number, record }) => [number, record.etag])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [10_000, 'last'],
    ]);
  });

  it('end with their upload', async () => {
    const { upload, root, ...store } = await stage();
    await addPart(store, upload, 1, 'one');
    store.uploads.end(upload);
    expect(await refusalCode(() => store.uploads.end(upload))).toBe('NoSuchUpload');
    expect(await refusalCode(() => store.uploads.parts(upload))).toBe('NoSuchUpload');
    expect(await refusalCode(async () => addPart(store, upload, 2, 'two'))).toBe('NoSuchUpload');
    expect(await readdir(join(root, 'buckets', 'bucket', 'uploads'))).toEqual([]);
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
  });
});
