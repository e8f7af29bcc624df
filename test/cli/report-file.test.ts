import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refuseForeignReport, writeReport } from '../../cli/report-file.ts';
import { toRunDocument } from '../../scenarios/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-report-'));
});
afterEach(() => rm(folder, { recursive: true }));

const document = toRunDocument([]);

test('a report is written whole, also into folders that do not exist yet, and over an earlier one', async () => {
  const out = join(folder, 'a', 'b');
  await refuseForeignReport(out);
  for (const _ of [1, 2]) {
    const path = await writeReport(document, out);
    expect(path).toMatch(/report\.html$/);
    await refuseForeignReport(out);
  }
  expect(await readdir(out)).toEqual(['report.html']);
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('STEDI Testbed');
});

test('a page of that name that no run wrote is not replaced', async () => {
  const path = join(folder, 'report.html');
  await writeFile(path, '<h1>Mine</h1>');
  await expect(refuseForeignReport(folder)).rejects.toMatchObject({
    code: 'OUTPUT_NOT_OURS',
    message: `${path} would be replaced, but no run wrote it. Move it, or choose another folder with --out.`,
  });
  expect(await readFile(path, 'utf8')).toBe('<h1>Mine</h1>');
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
    await expect(writeReport(document, out)).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: `Cannot write ${join(out, 'report.html')}. Choose a folder that can be written with --out.`,
      cause: expect.any(Error),
    });
  });
});
