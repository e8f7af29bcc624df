import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PipelineError } from '../../../pipeline/index.ts';
import { publishFolder, removeAsides } from '../../../scenarios/run/workspace.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-workspace-'));
});
afterEach(() => rm(folder, { recursive: true }));

const fill = async (aside: string): Promise<string> => {
  await writeFile(join(aside, 'result.json'), 'new');
  return 'filled';
};
const fail = async (aside: string): Promise<never> => {
  await writeFile(join(aside, 'ledger.ndjson'), 'half');
  throw new RangeError('No more room.');
};

describe('a folder that is filled', () => {
  test('is written aside, and appears in its place when it is complete', async () => {
    const place = join(folder, 'out');
    const result = await publishFolder(place, async (aside) => {
      expect(dirname(aside)).toBe(folder);
      expect(await readdir(folder)).not.toContain('out');
      return fill(aside);
    });
    expect(result).toBe('filled');
    expect(await readdir(folder)).toEqual(['out']);
    expect(await readFile(join(place, 'result.json'), 'utf8')).toBe('new');
  });

  test('replaces what an earlier run left there', async () => {
    await mkdir(join(folder, 'out', 'landing'), { recursive: true });
    await writeFile(join(folder, 'out', 'plan.json'), 'old');
    await publishFolder(join(folder, 'out'), fill);
    expect(await readdir(join(folder, 'out'))).toEqual(['result.json']);
  });

  test('does not replace what no run wrote', async () => {
    const place = join(folder, 'out');
    await mkdir(place);
    await writeFile(join(place, 'thesis.doc'), 'mine');
    await expect(publishFolder(place, fill)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_OURS',
      message: `${place} would be replaced, but it holds thesis.doc, which no run wrote. Move it, or choose another folder with --out.`,
    });
    expect(await readdir(folder)).toEqual(['out']);
    expect(await readdir(place)).toEqual(['thesis.doc']);
  });

  test('does not replace a file', async () => {
    await writeFile(join(folder, 'out'), 'mine');
    await expect(publishFolder(join(folder, 'out'), fill)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_OURS',
      message: expect.stringContaining(`${join(folder, 'out')} would be replaced`),
    });
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe('mine');
  });

  test('may lie in folders that do not exist yet, and is open to others as any new folder', async () => {
    const place = join(folder, 'a', 'b', 'out');
    await publishFolder(place, fill);
    expect((await stat(place)).mode & 0o777).toBe(0o777 & ~process.umask());
  });
});

describe('when filling fails', () => {
  test('nothing is left behind, not even the folders around it', async () => {
    await expect(publishFolder(join(folder, 'a', 'b', 'out'), fail)).rejects.toThrow(
      'No more room.',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test('what was there before stays', async () => {
    await publishFolder(join(folder, 'out'), fill);
    await expect(publishFolder(join(folder, 'out'), fail)).rejects.toThrow('No more room.');
    expect(await readdir(folder)).toEqual(['out']);
    expect(await readdir(join(folder, 'out'))).toEqual(['result.json']);
  });

  test('a full disk is told of the folder around, not of the one aside', async () => {
    const failing = publishFolder(join(folder, 'a', 'out'), (aside) =>
      Promise.reject(new PipelineError('DISK_FULL', `The disk of ${aside} is full: --scratch.`)),
    );
    await expect(failing).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: `The disk of ${join(folder, 'a')} is full, or too small for the run. Free space on it, or name a folder on a larger disk with --out.`,
    });
  });

  test('a folder that somebody else uses by now stays', async () => {
    const failing = publishFolder(join(folder, 'a', 'out'), async (aside) => {
      await writeFile(join(folder, 'a', 'other.txt'), 'other');
      return fail(aside);
    });
    await expect(failing).rejects.toThrow('No more room.');
    expect(await readdir(join(folder, 'a'))).toEqual(['other.txt']);
  });
});

test.each([
  [
    'a file stands where the folder should',
    async () => {
      await writeFile(join(folder, 'file'), '');
      return join(folder, 'file');
    },
  ],
  ['the kernel makes no folders there', async () => '/proc/stedi'],
])('%s: the place cannot be written', async (_, makeParent) => {
  const parent = await makeParent();
  await expect(publishFolder(join(parent, 'out'), fill)).rejects.toMatchObject({
    code: 'OUTPUT_UNWRITABLE',
    message: `Cannot write to ${parent}. Choose a folder that can be written with --out.`,
    cause: expect.any(Error),
  });
});

test.each(['a foreign folder', 'a foreign file'])('%s is not replaced', async (what) => {
  const out = join(folder, 'out');
  if (what === 'a foreign file') await writeFile(out, 'mine');
  else {
    await mkdir(out);
    await writeFile(join(out, 'thesis.txt'), 'mine');
  }
  const before = await readdir(folder, { recursive: true });
  await expect(publishFolder(out, fill)).rejects.toMatchObject({ code: 'OUTPUT_NOT_OURS' });
  expect(await readdir(folder, { recursive: true })).toEqual(before);
});

test('what a killed process left aside goes, and nothing else', async () => {
  for (const name of ['.out-a1B2c3', '.out-again-a1B2c3', '.out', 'out', '.other-a1B2c3']) {
    await mkdir(join(folder, name));
  }
  await removeAsides(join(folder, 'out'));
  expect((await readdir(folder)).toSorted()).toEqual([
    '.other-a1B2c3',
    '.out',
    '.out-again-a1B2c3',
    'out',
  ]);
  await removeAsides(join(folder, 'nowhere', 'out'));
});
