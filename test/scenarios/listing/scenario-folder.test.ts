import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findScenarioFiles } from '../../../scenarios/listing/scenario-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function found(...paths: string[]): Promise<string[]> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '');
  }
  return (await findScenarioFiles(folder)).map((path) => relative(folder, path));
}

test('scenario files are found in all folders, in the order of their paths', async () => {
  const files = ['b.yaml', 'a.yml', 'links/late/c.yaml', 'pools.scenario.mjs', 'x.scenario.ts'];
  expect(await found(...files)).toEqual(files.toSorted());
});

test('other files, other programs, hidden folders and packages are left alone', async () => {
  const others = ['notes.txt', 'build.mjs', '.github/ci.yaml', 'node_modules/a/b.yaml', '.x.yaml'];
  expect(await found('walk.yaml', ...others)).toEqual(['walk.yaml']);
});
