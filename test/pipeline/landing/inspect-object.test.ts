import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findFolderObjects } from '../../../pipeline/landing/folder-objects.ts';
import { inspectObject } from '../../../pipeline/landing/inspect-object.ts';
import type { Inspection } from '../../../pipeline/landing/inspect-object.ts';
import type { LandingObject } from '../../../pipeline/landing/landing-object.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';
import { LINE } from './loaded.ts';

const PUBLISHED = join(import.meta.dirname, '../../../../shared/published-landing');

async function inspect(content: string | Uint8Array): Promise<Inspection> {
  return withTempFolder(async (folder) => {
    await writeFiles(folder, { 'accelerometer_landing/a.json': content });
    const [object] = await findFolderObjects(folder);
    return inspectObject(object as LandingObject, undefined);
  });
}

describe('inspectObject', () => {
  it('counts the lines of a plain object of any length', async () => {
    // Some megabytes, so that lines lie across the chunks.
    const text = `${LINE}\n`.repeat(70_000);
    expect(await inspect(text)).toMatchObject({
      kind: 'plain',
      compression: 'none',
      lines: 70_000,
    });
    expect(await inspect(gzipSync(text.trimEnd()))).toMatchObject({
      kind: 'plain',
      compression: 'gzip',
      lines: 70_000,
    });
  });

  it.each([0, 69_999])('notices the one line that is not plain, at %i', async (at) => {
    const lines = Array.from({ length: 70_000 }, (_, index) =>
      index === at ? LINE.replace('1.0', 'NaN') : LINE,
    );
    expect((await inspect(lines.join('\n'))).kind).toBe('mixed');
  });

  it('reads a compressed object to its end and checksum', async () => {
    const packed = gzipSync(`${LINE}\n`.repeat(1_000));
    expect(await inspect(packed.subarray(0, -4))).toEqual({
      kind: 'mixed',
      compression: 'gzip',
      damage: 'cut-off',
    });
    const wrong = Buffer.from(packed);
    wrong.writeUInt32LE(7, wrong.length - 8);
    expect(await inspect(wrong)).toEqual({ kind: 'mixed', compression: 'gzip', damage: 'corrupt' });
  });

  it('does not call bytes plain that are no UTF-8', async () => {
    expect((await inspect(Buffer.from(LINE.replace('a@x', 'aÿx'), 'latin1'))).kind).toBe('mixed');
    expect((await inspect(LINE.replace('a@x', 'aÿx'))).kind).toBe('plain');
  });

  it('names an object that is gone', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { 'accelerometer_landing/a.json': LINE });
      const [object] = await findFolderObjects(folder);
      await rm(join(folder, 'accelerometer_landing/a.json'));
      await expect(inspectObject(object as LandingObject, undefined)).rejects.toMatchObject({
        code: 'LANDING_UNREADABLE',
        message: expect.stringContaining('accelerometer_landing/a.json') as string,
      });
    });
  });

  it.runIf(existsSync(PUBLISHED))('leaves the published readings to the engine', async () => {
    const objects = await findFolderObjects(PUBLISHED);
    for (const object of objects.filter(({ table }) => table !== 'customer_landing')) {
      expect((await inspectObject(object, undefined)).kind).toBe('plain');
    }
  });
});
