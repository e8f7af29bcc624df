import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareReport, writePage } from '../../../cli/commands/pipeline-report-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('writes a page into folders that it makes, and replaces one of its own', async () => {
  const path = join(folder, 'a', 'zones.html');
  await prepareReport(path, []);
  await writePage(path, '<p>STEDI Testbed pipeline report</p>');
  await prepareReport(path, []);
  await writePage(path, '<p>second</p>');
  expect(await readFile(path, 'utf8')).toBe('<p>second</p>');
  expect(await readdir(join(folder, 'a'))).toEqual(['zones.html']);
});

it('refuses to replace what no run wrote, and a folder', async () => {
  const path = join(folder, 'mine.html');
  await writeFile(path, '<p>holiday</p>');
  await expect(prepareReport(path, [])).rejects.toMatchObject({ code: 'OUTPUT_NOT_OURS' });
  await expect(prepareReport(folder, [])).rejects.toMatchObject({ code: 'OUTPUT_NOT_OURS' });
});

it('refuses a path among landing objects or zones, before there is anything', async () => {
  const zones = { kind: 'folder', path: join(folder, 'zones') } as const;
  await expect(prepareReport(join(zones.path, '_zones.json'), [zones])).rejects.toMatchObject({
    code: 'OUTPUT_NOT_OURS',
    message: expect.stringContaining('outside of it') as string,
  });
  await prepareReport(join(folder, 'zones.html'), [zones]);
  expect(await readdir(folder)).toEqual([]);
});

it('says where it cannot write, before a run and after it', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(prepareReport(join(folder, 'file', 'zones.html'), [])).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
  });
  await expect(writePage(join(folder, 'file', 'zones.html'), '')).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
    message: expect.stringContaining('zones.html') as string,
  });
});
