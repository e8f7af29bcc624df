import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { prepareArtifacts, writeArtifacts } from '../../../device-bench/report/write-artifacts.ts';
import { REPORT, TARGET } from './sample-report.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-artifacts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it('always writes the byte log, and the reports that were asked for', async () => {
  const folder = join(await temporaryFolder(), 'new', 'out');
  const options = { report: REPORT, target: TARGET, folder };
  expect(await writeArtifacts({ ...options, kinds: [] })).toEqual([
    expect.stringMatching(/transcript\.txt$/) as string,
  ]);
  await writeArtifacts({ ...options, kinds: ['junit', 'html'] });
  expect((await readdir(folder)).toSorted()).toEqual([
    'junit.xml',
    'report.html',
    'transcript.txt',
  ]);
});

it('replaces what an earlier check wrote, and nothing else', async () => {
  const folder = await temporaryFolder();
  await writeArtifacts({ report: REPORT, target: TARGET, folder, kinds: ['junit', 'html'] });
  await prepareArtifacts(folder, ['junit', 'html']);
  const path = join(folder, 'junit.xml');
  await writeFile(path, '<testsuites name="mine"/>');
  await expect(prepareArtifacts(folder, ['junit'])).rejects.toMatchObject({
    code: 'OUTPUT_NOT_OURS',
    message: expect.stringContaining(path) as string,
  });
  await prepareArtifacts(folder, ['html']);
  expect(await readFile(path, 'utf8')).toContain('mine');
});

it('refuses a folder that has the name of an artifact', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'transcript.txt'));
  await expect(prepareArtifacts(folder, [])).rejects.toMatchObject({ code: 'OUTPUT_NOT_OURS' });
});

it('says so when a folder cannot be written', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const folder = join(file, 'below');
  await expect(
    writeArtifacts({ report: REPORT, target: TARGET, folder, kinds: [] }),
  ).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
});

it('says so before a device is kept busy, and leaves nothing where it can be written', async () => {
  const root = await temporaryFolder();
  const file = join(root, 'file');
  await writeFile(file, '');
  for (const folder of [file, join(file, 'below')]) {
    await expect(prepareArtifacts(folder, [])).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: `Cannot write to ${folder}. Choose a folder that can be written with --out.`,
    });
  }
  await prepareArtifacts(join(root, 'new', 'out'), ['junit']);
  expect(await readdir(root)).toEqual(['file']);
});

it.runIf(process.platform === 'linux')('returns where the kernel refuses new folders', async () => {
  await expect(prepareArtifacts('/proc/stedi/a', [])).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
  });
});
