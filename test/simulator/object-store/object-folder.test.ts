import { closeSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WriteCondition } from '../../../simulator/object-store/conditions.ts';
import { ObjectFolder } from '../../../simulator/object-store/object-folder.ts';
import { refusalCode } from './fake-request.ts';
import { temporaryFolder } from './temporary-folder.ts';

const NONE: WriteCondition = { kind: 'none' };
const ABSENT: WriteCondition = { kind: 'absent' };

async function folderWithBucket(): Promise<{ folder: ObjectFolder; root: string }> {
  const root = join(await temporaryFolder(), 'root');
  const folder = new ObjectFolder(root);
  folder.createBucket('bucket');
  return { folder, root };
}

async function put(
  folder: ObjectFolder,
  key: string,
  { bytes = 'x', condition = NONE }: { bytes?: string; condition?: WriteCondition } = {},
): Promise<void> {
  await folder.withIncomingFile(async (file) => {
    await file.write(Buffer.from(bytes));
    await file.seal({ key, etag: bytes, lastModifiedMs: 0, headers: {} });
    folder.commit(file, 'bucket', key, condition);
  });
}

describe('buckets of a folder', () => {
  it('are created once, listed by name and deleted', async () => {
    const { folder } = await folderWithBucket();
    folder.createBucket('another');
    expect(folder.listBuckets().map(({ name }) => name)).toEqual(['another', 'bucket']);
    expect(await refusalCode(() => folder.createBucket('bucket'))).toBe('BucketAlreadyOwnedByYou');
    folder.deleteBucket('another');
    expect(await refusalCode(() => folder.requireBucket('another'))).toBe('NoSuchBucket');
    expect(await refusalCode(() => folder.deleteBucket('another'))).toBe('NoSuchBucket');
  });

  it.each(['..', '.', '../bucket', 'a/b', '', 'UPPER'])('cannot be %j', async (name) => {
    const { folder } = await folderWithBucket();
    expect(await refusalCode(() => folder.createBucket(name))).toBe('InvalidBucketName');
    expect(await refusalCode(() => folder.keys(name))).toBe('InvalidBucketName');
    expect(await refusalCode(() => folder.record(name, 'key'))).toBe('InvalidBucketName');
  });

  it('are not deleted while they hold objects', async () => {
    const { folder } = await folderWithBucket();
    await put(folder, 'key');
    expect(await refusalCode(() => folder.deleteBucket('bucket'))).toBe('BucketNotEmpty');
    folder.remove('bucket', 'key', NONE);
    folder.deleteBucket('bucket');
    expect(folder.listBuckets()).toEqual([]);
  });
});

describe('objects of a folder', () => {
  it('are listed by the keys they were put under', async () => {
    const { folder } = await folderWithBucket();
    const keys = ['plain', 'a/b/c', '../up', 'Case', 'case', 'k'.repeat(1024)];
    for (const key of keys) await put(folder, key);
    expect(folder.keys('bucket').sort()).toEqual([...keys].sort());
    for (const key of keys) expect(folder.record('bucket', key)?.key).toBe(key);
  });

  it('replace each other whole, and readers keep what they opened', async () => {
    const { folder } = await folderWithBucket();
    await put(folder, 'key', { bytes: 'first' });
    const opened = folder.openObject('bucket', 'key');
    await put(folder, 'key', { bytes: 'second' });
    expect(opened.record.etag).toBe('first');
    expect(folder.record('bucket', 'key')?.etag).toBe('second');
    closeSync(opened.fd);
  });

  it('obey the condition of a write', async () => {
    const { folder } = await folderWithBucket();
    await put(folder, 'key', { bytes: 'first', condition: ABSENT });
    const again = put(folder, 'key', { bytes: 'second', condition: ABSENT });
    expect(await refusalCode(async () => again)).toBe('PreconditionFailed');
    expect(folder.record('bucket', 'key')?.etag).toBe('first');
    const stale: WriteCondition = { kind: 'matches', etags: 'other' };
    const removal = refusalCode(() => folder.remove('bucket', 'key', stale));
    expect(await removal).toBe('PreconditionFailed');
    folder.remove('bucket', 'key', { kind: 'matches', etags: 'first' });
    expect(folder.record('bucket', 'key')).toBeUndefined();
  });

  it('that are absent are NoSuchKey, and no error to delete', async () => {
    const { folder } = await folderWithBucket();
    expect(await refusalCode(() => folder.openObject('bucket', 'key'))).toBe('NoSuchKey');
    folder.remove('bucket', 'key', NONE);
    expect(folder.keys('bucket')).toEqual([]);
  });
});

describe('files on their way in', () => {
  it('are removed, whether they were put in place or not', async () => {
    const { folder, root } = await folderWithBucket();
    await put(folder, 'key');
    const failing = folder.withIncomingFile(async (file) => {
      await file.write(Buffer.from('half'));
      throw new RangeError('gone');
    });
    await expect(failing).rejects.toThrow('gone');
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
  });

  it('left behind by a killed process are cleared away at the next start', async () => {
    const { root } = await folderWithBucket();
    await writeFile(join(root, 'incoming', 'left'), 'half');
    const folder = new ObjectFolder(root);
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
    expect(folder.listBuckets()).toHaveLength(1);
  });

  it('do not come into a bucket that was deleted meanwhile', async () => {
    const { folder } = await folderWithBucket();
    const late = folder.withIncomingFile(async (file) => {
      await file.seal({ key: 'key', etag: 'e', lastModifiedMs: 0, headers: {} });
      folder.deleteBucket('bucket');
      folder.commit(file, 'bucket', 'key', NONE);
    });
    expect(await refusalCode(async () => late)).toBe('NoSuchBucket');
  });
});

describe('the folder', () => {
  it('cannot be made where a file is', async () => {
    const root = join(await temporaryFolder(), 'file');
    await writeFile(root, 'x');
    expect(() => new ObjectFolder(root)).toThrow('ENOTDIR');
  });

  it('keeps what was there before', async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, 'other'));
    expect(new ObjectFolder(root).listBuckets()).toEqual([]);
    expect((await readdir(root)).sort()).toEqual(['buckets', 'incoming', 'other']);
  });
});
