import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder } from '../../../pipeline/zones/folder-lock.ts';
import { makeScratch, removeDeadScratch } from '../../../pipeline/zones/scratch-folder.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';

describe('makeScratch', () => {
  it('removes what no run holds any more, and leaves those that live', async () => {
    await withTempFolder(async (parent) => {
      await writeFiles(parent, { 'run-dead/spill/1.tmp': 'x', 'other/notes.txt': 'mine' });
      const first = await makeScratch(parent, 'run-');
      await writeFiles(first.path, { 'spill/1.tmp': 'x' });
      const second = await makeScratch(parent, 'run-');
      expect(await readdir(parent)).toHaveLength(3);
      expect(await readdir(join(first.path, 'spill'))).toEqual(['1.tmp']);
      await first.remove();
      await second.remove();
      await removeDeadScratch(parent, 'run-');
      expect(await readdir(parent)).toEqual(['other']);
    });
  });
});

describe('lockFolder', () => {
  it('lets one have a folder until it lets go, and leaves no file in it', async () => {
    await withTempFolder(async (folder) => {
      const lock = lockFolder(folder);
      expect(lock.kind).toBe('locked');
      expect(lockFolder(folder).kind).toBe('busy');
      expect(await readdir(folder)).toEqual([]);
      if (lock.kind === 'locked') lock.release();
      const next = lockFolder(folder);
      expect(next.kind).toBe('locked');
      if (next.kind === 'locked') next.release();
    });
  });
});
