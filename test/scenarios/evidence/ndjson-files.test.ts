import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listFiles, readRows } from '../../../scenarios/evidence/ndjson-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-rows-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}

test('rows come file by file in the order of paths and lines; empty lines and a missing last newline do not matter', async () => {
  await put('date=2022-06-19/b.json', '{"n":4}');
  await put('date=2022-06-18/b.json', '{"n":2}\n\n{"n":3}\n');
  await put('date=2022-06-18/a.json', '{"n":1}\n');
  await put('date=2022-06-18/empty.json', '');
  const rows = [];
  for await (const file of readRows(folder)) rows.push(file.map((row) => row['n']));
  expect(rows).toEqual([[1], [2, 3], [], [4]]);
});

test('files are listed at every depth, and a folder that does not exist holds none', async () => {
  await put('z/deep/down.json', '');
  await put('a.json', '');
  const files = await listFiles(folder);
  expect(files.map((path) => relative(folder, path))).toEqual([
    'a.json',
    join('z', 'deep', 'down.json'),
  ]);
  expect(await listFiles(join(folder, 'missing'))).toEqual([]);
});

test('a file is no folder', async () => {
  await put('a.json', '');
  await expect(listFiles(join(folder, 'a.json'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});
