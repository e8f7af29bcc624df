import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unwritable } from '../../../pipeline/storage/folder-failure.ts';
import { FolderStorage, isAside } from '../../../pipeline/storage/folder-storage.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';

const MEMORY_DISK = '/dev/shm';

describe('FolderStorage', () => {
  it.each(['../outside', 'a/../../outside', './a', 'a//b', ''])(
    'has no object under the key "%s"',
    async (key) => {
      await withTempFolder(async (folder) => {
        const storage = new FolderStorage(join(folder, 'root'));
        await writeFiles(folder, { outside: 'mine' });
        const bytes = Buffer.from('x');
        await expect(storage.write(key, bytes)).rejects.toMatchObject({
          code: 'OUTPUT_UNWRITABLE',
        });
        await expect(storage.remove([key])).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
        expect(await readdir(folder)).toEqual(['outside']);
      });
    },
  );

  it('follows links, and ends where they lead back', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { 'far/1.json': '1', 'root/a/2.json': '2' });
      await symlink(join(folder, 'far'), join(folder, 'root/far'));
      await symlink(join(folder, 'root'), join(folder, 'root/a/up'));
      const keys = (await new FolderStorage(join(folder, 'root')).list('')).map(({ key }) => key);
      expect(keys).toEqual(['a/2.json', 'far/1.json']);
    });
  });

  it('stops to list in the middle of a folder', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { '1.json': '1', '2.json': '2' });
      const stop = new AbortController();
      const listing = new FolderStorage(folder).list('', stop.signal);
      stop.abort();
      await expect(listing).rejects.toMatchObject({ name: 'AbortError' });
    });
  });

  it('says which file cannot be read', async () => {
    await withTempFolder(async (folder) => {
      await symlink(join(folder, 'nowhere'), join(folder, 'dangling'));
      await expect(new FolderStorage(folder).list('')).rejects.toMatchObject({
        code: 'LANDING_UNREADABLE',
        message: expect.stringContaining(folder) as string,
      });
      await mkdir(join(folder, 'a'));
      await expect(new FolderStorage(folder).read('a')).rejects.toMatchObject({
        code: 'LANDING_UNREADABLE',
      });
    });
  });

  it('leaves nothing aside when a file cannot be stored', async () => {
    await withTempFolder(async (folder) => {
      const storage = new FolderStorage(join(folder, 'root'));
      await storage.write('a/b', Buffer.from('x'));
      const none = storage.store(join(folder, 'nowhere'), 'a/c');
      await expect(none).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
      expect(await readdir(join(folder, 'root/a'))).toEqual(['b']);
    });
  });

  it('removes folders with their last object, and never its own', async () => {
    await withTempFolder(async (folder) => {
      const storage = new FolderStorage(folder);
      await storage.write('a/b/c', Buffer.from('x'));
      await storage.remove(['a/b/c']);
      expect(await readdir(folder)).toEqual([]);
    });
  });

  it.runIf(existsSync(MEMORY_DISK))('copies from another disk', async () => {
    const far = await mkdtemp(join(MEMORY_DISK, 'stedi-'));
    await withTempFolder(async (folder) => {
      const path = join(far, 'file');
      await writeFile(path, 'text');
      const stored = await new FolderStorage(folder).store(path, 'a/file');
      await rm(path);
      expect(stored.bytes).toBe(4);
      expect(await readFile(join(folder, 'a/file'), 'utf8')).toBe('text');
      expect((await stat(join(folder, 'a/file'))).nlink).toBe(1);
    });
    await rm(far, { recursive: true });
  });

  it('knows what a killed process left half-written', () => {
    expect(isAside('a/.0123456789abcdef01234567.part')).toBe(true);
    expect(isAside('a/0123456789abcdef01234567.part')).toBe(false);
    expect(isAside('.0123456789abcdef01234567.part/a')).toBe(false);
  });
});

describe('a full disk', () => {
  it.each(['ENOSPC', 'EDQUOT'])('is told as such: %s', (code) => {
    const failure = unwritable('/data/zones', { code });
    expect(failure).toMatchObject({ code: 'DISK_FULL' });
    expect(failure.message).toContain('/data/zones');
    expect(unwritable('/data', failure)).toBe(failure);
    expect(unwritable('/data', { code: 'EACCES' }).code).toBe('OUTPUT_UNWRITABLE');
  });
});
