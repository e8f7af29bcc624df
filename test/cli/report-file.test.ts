import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refuseForeignReport, writeReport } from '../../cli/report-file.ts';
import { toRunDocument } from '../../scenarios/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a report is written whole, and may be replaced by the next one', async () => {
  const out = join(folder, 'out');
  await refuseForeignReport(out);
  await writeReport(toRunDocument([]), out);
  await refuseForeignReport(out);
  await writeReport(toRunDocument([]), out);
  expect(await readdir(out)).toEqual(['report.html']);
});

test("somebody else's page of that name stays", async () => {
  const path = join(folder, 'report.html');
  await writeFile(path, 'mine');
  await expect(refuseForeignReport(folder)).rejects.toMatchObject({ code: 'OUTPUT_NOT_OURS' });
  expect(await readFile(path, 'utf8')).toBe('mine');
});

test('a file in place of the folder is named', async () => {
  const path = join(folder, 'file');
  await writeFile(path, '');
  await expect(writeReport(toRunDocument([]), path)).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
  });
});
