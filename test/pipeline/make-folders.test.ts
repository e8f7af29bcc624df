import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolders } from '../../pipeline/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('makes the folder and those above it, and says whether it did', async () => {
  const path = join(folder, 'a', 'b', 'c');
  expect(await makeFolders(path)).toBe(true);
  expect((await stat(path)).isDirectory()).toBe(true);
  expect(await makeFolders(path)).toBe(false);
});

test('throws when a file is in the way', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(makeFolders(join(folder, 'file', 'a'))).rejects.toThrow('ENOTDIR');
});

test.runIf(process.platform === 'linux')(
  'returns where the kernel refuses new folders',
  async () => {
    await expect(makeFolders('/proc/stedi/a')).rejects.toThrow('ENOENT');
  },
);
