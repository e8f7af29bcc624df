import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PipelineError } from '../../../pipeline/pipeline-error.ts';
import { explainFailure, foldersOf, requireRoom } from '../../../pipeline/run/run-disks.ts';
import { unwritable } from '../../../pipeline/storage/folder-failure.ts';
import { withTempFolder } from '../temp-folder.ts';

const OUT = { kind: 'folder', path: '/data/zones' } as const;
const deep = unwritable(
  '/data/zones/.tmp-xSR0O4/scratch/landing/a-0.unpacked',
  Object.assign(new RangeError('write'), { code: 'ENOSPC' }),
);

describe('foldersOf', () => {
  it('is what the user named, or would have', () => {
    expect(foldersOf(OUT, undefined)).toEqual({ scratch: '/data/zones', out: '/data/zones' });
    expect(foldersOf(OUT, '/big')).toEqual({ scratch: '/big', out: '/data/zones' });
    const bucket = { kind: 's3', bucket: 'lake', prefix: '' } as const;
    expect(foldersOf(bucket, undefined)).toEqual({ scratch: tmpdir() });
  });
});

describe('a disk that becomes full', () => {
  it.each([
    [
      'load',
      undefined,
      /^The disk of \/data\/zones became full .*"load": the \d.* not enough.*--scratch/,
    ],
    ['load', '/big', /^The disk of \/big became full .* free there now.*--scratch/],
    [
      'publish',
      '/big',
      /^The disk of \/data\/zones became full .* give an output on a larger disk/,
    ],
    ['publish', undefined, /^The disk of \/data\/zones became full .*--scratch/],
  ])('is called by the folder that the user knows: at %s, scratch %s', async (step, to, said) => {
    const told = await explainFailure(deep, { step, folders: foldersOf(OUT, to) });
    expect(told).toMatchObject({ code: 'DISK_FULL', cause: deep.cause });
    expect(told.message).toMatch(said);
    expect(told.message).not.toContain('.tmp-');
  });

  it('is told so too when the engine met it; other failures stay', async () => {
    const at = { step: 'claim', folders: foldersOf(OUT, '/big') };
    const engine = new TypeError('IO Error: Could not write file "x": No space left on device');
    expect((await explainFailure(engine, at)).message).toContain('The disk of /big became full');
    const other = new PipelineError('LANDING_CHANGED', 'It changed.');
    expect(await explainFailure(other, at)).toBe(other);
  });
});

describe('requireRoom', () => {
  it('weighs the scratch folder, and says what is needed there', async () => {
    await withTempFolder(async (folder) => {
      const folders = foldersOf({ kind: 'folder', path: join(folder, 'out') }, undefined);
      await expect(requireRoom(folders, { rows: 1, bytes: 110 })).resolves.toBeUndefined();
      const failure = requireRoom(folders, { rows: 1, bytes: 9e15 });
      await expect(failure).rejects.toThrow(
        /out has .* free, and 9000\.0 TB are needed.*--scratch/,
      );
      await expect(
        failure.catch((error: unknown) => explainFailure(error, { step: 'load', folders })),
      ).resolves.toMatchObject({
        message: expect.stringContaining('are needed') as string,
      });
      // On one disk, the zones are part of what the run needs there.
      await expect(requireRoom(folders, { rows: 9e15, bytes: 1 })).resolves.toBeUndefined();
    });
  });

  it.skipIf(process.platform !== 'linux')(
    'weighs the output too where it is on another disk (needs Linux)',
    async () => {
      await withTempFolder(async (folder) => {
        const folders = { scratch: folder, out: '/proc' };
        await expect(requireRoom(folders, { rows: 9e15, bytes: 1 })).rejects.toThrow(
          /^The disk of \/proc has .* needed.*give an output/,
        );
      });
    },
  );
});
