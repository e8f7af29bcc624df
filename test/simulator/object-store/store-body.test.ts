import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeBody } from '../../../simulator/object-store/store-body.ts';
import {
  openStoreFolders,
  type StoreFolders,
} from '../../../simulator/object-store/store-folders.ts';
import { fakeRequest, refusalCode, type FakeRequest } from './fake-request.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function openStore(): Promise<{ store: StoreFolders; root: string }> {
  const root = await temporaryFolder();
  const store = openStoreFolders(root, 'here');
  store.objects.createBucket('bucket');
  return { store, root };
}

async function storeAs(store: StoreFolders, fake: FakeRequest): Promise<unknown> {
  const request = fakeRequest({ key: 'key', ...fake });
  return storeBody(request, store, { 'content-type': 't' }, (file) => {
    store.objects.commit(file, 'bucket', 'key', { kind: 'none' });
  });
}

describe('storing a body', () => {
  it('keeps it under its MD5, with checksum and headers', async () => {
    const { store } = await openStore();
    const headers = { 'x-amz-checksum-crc32': 'y/Q5Jg==' };
    const stored = await storeAs(store, { body: '123456789', headers });
    const expected = {
      etag: '25f9e794323b453885f5181f1b624d0b',
      checksum: { algorithm: 'CRC32', value: 'y/Q5Jg==', type: 'FULL_OBJECT' },
    };
    expect(stored).toEqual(expected);
    expect(store.objects.record('bucket', 'key')).toMatchObject({
      ...expected,
      sizeBytes: 9,
      headers: { 'content-type': 't' },
    });
  });

  it('leaves nothing behind when the body is wrong', async () => {
    const { store, root } = await openStore();
    const wrong = { body: '123456789', headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } };
    expect(await refusalCode(async () => storeAs(store, wrong))).toBe('BadDigest');
    expect(store.objects.keys('bucket')).toEqual([]);
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
  });

  it('told to truncate, acknowledges the whole and keeps a part', async () => {
    const { store } = await openStore();
    const fault = { kind: 'truncate', keepBytes: 4 } as const;
    const stored = await storeAs(store, { body: '123456789', fault });
    expect(stored).toMatchObject({ etag: '25f9e794323b453885f5181f1b624d0b' });
    expect(store.objects.record('bucket', 'key')?.sizeBytes).toBe(4);
  });
});
