import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  findOlderReports,
  refuseForeignReports,
  RUN_REPORTS,
  writeReports,
} from '../../cli/report-file.ts';
import { toRunDocument } from '../../scenarios/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-report-'));
});
afterEach(() => rm(folder, { recursive: true }));

const document = toRunDocument([]);
const times = { startMs: 0, stopMs: 1, msOf: () => 1 };

test('a report is written whole, also into folders that do not exist yet, and over an earlier one', async () => {
  const out = join(folder, 'a', 'b');
  await refuseForeignReports(out, RUN_REPORTS);
  for (const _ of [1, 2]) {
    const paths = await writeReports(document, times, { folder: out, kinds: RUN_REPORTS });
    expect(paths.map((path) => basename(path))).toEqual(['report.html', 'junit.xml', 'ctrf.json']);
    await refuseForeignReports(out, RUN_REPORTS);
  }
  expect(await readdir(out)).toEqual(['ctrf.json', 'junit.xml', 'report.html']);
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('STEDI Testbed');
});

test.each([
  ['html', 'report.html'],
  ['junit', 'junit.xml'],
  ['ctrf', 'ctrf.json'],
] as const)('a file for %s that no run wrote is not replaced', async (kind, name) => {
  const path = join(folder, name);
  await writeFile(path, '<h1>Mine</h1>');
  await expect(refuseForeignReports(folder, [kind])).rejects.toMatchObject({
    code: 'OUTPUT_NOT_OURS',
    message: `${path} would be replaced, but no run wrote it. Move it, or choose another folder with --out.`,
  });
  expect(await readFile(path, 'utf8')).toBe('<h1>Mine</h1>');
});

test('reports of an earlier run that this one does not write are found; files of others are none', async () => {
  await writeReports(document, times, { folder, kinds: ['html', 'junit'] });
  await writeFile(join(folder, 'ctrf.json'), '{}');
  const older = await findOlderReports(folder, ['html']);
  expect(older.map((path) => basename(path))).toEqual(['junit.xml']);
  await expect(findOlderReports(join(folder, 'nowhere'), [])).resolves.toEqual([]);
});

describe('a place that cannot be written', () => {
  test.each([
    ['a file for a folder', async (path: string) => writeFile(path, '')],
    [
      'a folder for the page',
      async (path: string) => mkdir(join(path, 'report.html'), { recursive: true }),
    ],
  ])('%s', async (_, prepare) => {
    const out = join(folder, 'out');
    await prepare(out);
    await expect(
      writeReports(document, times, { folder: out, kinds: ['html'] }),
    ).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: `Cannot write ${join(out, 'report.html')}. Choose a folder that can be written with --out.`,
      cause: expect.any(Error),
    });
  });
});
