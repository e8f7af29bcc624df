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

test('makes the folder and those above it, and says which', async () => {
  const path = join(folder, 'a', 'b', 'c');
  expect(makeFolders(path)).toEqual([path, join(folder, 'a', 'b'), join(folder, 'a')]);
  expect((await stat(path)).isDirectory()).toBe(true);
  expect(makeFolders(path)).toEqual([]);
});

test('throws when a file is in the way', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(() => makeFolders(join(folder, 'file', 'a'))).toThrow('ENOTDIR');
});

test.runIf(process.platform === 'linux')('returns where the kernel refuses new folders', () => {
  expect(() => makeFolders('/proc/stedi/a')).toThrow('ENOENT');
});
