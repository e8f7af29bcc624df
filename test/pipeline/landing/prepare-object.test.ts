import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { folderSource } from '../../../pipeline/landing/folder-source.ts';
import type { LandingObject, LocalObject } from '../../../pipeline/landing/landing-object.ts';
import { readHead, SMALL_BYTES_MAX } from '../../../pipeline/landing/object-bytes.ts';
import { PlainRows } from '../../../pipeline/landing/plain-rows.ts';
import type { GatheredRows } from '../../../pipeline/landing/plain-rows.ts';
import { prepareObject } from '../../../pipeline/landing/prepare-object.ts';
import type { Prepared } from '../../../pipeline/landing/prepare-object.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';
import { LINE } from './loaded.ts';

const PUBLISHED = join(import.meta.dirname, '../../../../shared/published-landing');

async function prepare(content: string | Uint8Array): Promise<Prepared> {
  return withTempFolder(async (folder) => {
    await writeFiles(folder, { 'accelerometer_landing/a.json': content });
    const { prepared, gathered } = await prepareInto(await onlyObject(folder), folder);
    expect(gathered?.rows).toBe(prepared.kind === 'plain' ? prepared.lines : undefined);
    expect(await readdir(folder)).toHaveLength(prepared.kind === 'plain' ? 2 : 1);
    return prepared;
  });
}

/** Prepares an object, and tells where its rows are. */
async function prepareInto(
  object: LocalObject,
  scratch: string,
): Promise<{ readonly prepared: Prepared; readonly gathered: GatheredRows | undefined }> {
  const rows = new PlainRows({ table: object.table, scratch, numberColumn: undefined });
  try {
    const head = readHead(object, Buffer.alloc(object.bytes > SMALL_BYTES_MAX ? 9 : object.bytes));
    const prepared = await prepareObject({ object, head, number: 0, rows, signal: undefined });
    const gathered = rows.end();
    return { prepared, gathered };
  } finally {
    rows.close();
  }
}

async function onlyObject(folder: string): Promise<LocalObject> {
  const source = folderSource(folder);
  const [object] = await source.list();
  return source.fetch(object as LandingObject);
}

describe('prepareObject', () => {
  it('counts the lines of a plain object of any length', async () => {
    // Some megabytes, so that lines lie across the chunks.
    const text = `${LINE}\n`.repeat(70_000);
    expect(await prepare(text)).toMatchObject({
      kind: 'plain',
      lines: 70_000,
      bytes: text.length,
    });
    expect(await prepare(gzipSync(text.trimEnd()))).toMatchObject({
      kind: 'plain',
      lines: 70_000,
      bytes: text.length - 1,
    });
  });

  it.each([0, 69_999])('notices the one line that is not plain, at %i', async (at) => {
    const lines = Array.from({ length: 70_000 }, (_, index) =>
      index === at ? LINE.replace('1.0', 'NaN') : LINE,
    );
    expect((await prepare(lines.join('\n'))).kind).toBe('mixed');
  });

  it.each([1_000, 70_000])(
    'reads a compressed object of %i lines to its end and checksum',
    async (lines) => {
      const packed = gzipSync(`${LINE}\n`.repeat(lines), { level: 0 });
      expect(await prepare(packed.subarray(0, -4))).toEqual({
        kind: 'mixed',
        compression: 'gzip',
        damage: 'cut-off',
      });
      const wrong = Buffer.from(packed);
      wrong.writeUInt32LE(7, wrong.length - 8);
      expect(await prepare(wrong)).toEqual({
        kind: 'mixed',
        compression: 'gzip',
        damage: 'corrupt',
      });
    },
  );

  it('does not call bytes plain that are no UTF-8', async () => {
    expect((await prepare(Buffer.from(LINE.replace('a@x', 'aÿx'), 'latin1'))).kind).toBe('mixed');
    expect((await prepare(LINE.replace('a@x', 'aÿx'))).kind).toBe('plain');
  });

  it('names an object that is gone', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { 'accelerometer_landing/a.json': LINE });
      const object = await onlyObject(folder);
      await rm(join(folder, 'accelerometer_landing/a.json'));
      await expect(prepareInto(object, folder)).rejects.toMatchObject({
        code: 'LANDING_UNREADABLE',
        message: expect.stringContaining('accelerometer_landing/a.json') as string,
      });
    });
  });

  it('says where nothing more can be written', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { 'accelerometer_landing/a.json': gzipSync(LINE) });
      const object = await onlyObject(folder);
      const scratch = join(folder, 'missing');
      await expect(prepareInto(object, scratch)).rejects.toMatchObject({
        code: 'OUTPUT_UNWRITABLE',
        message: expect.stringContaining(scratch) as string,
      });
    });
  });

  it.runIf(existsSync(PUBLISHED))('finds all published records plain', async () => {
    const source = folderSource(PUBLISHED);
    await withTempFolder(async (folder) => {
      for (const object of await source.list()) {
        const { prepared } = await prepareInto(await source.fetch(object), folder);
        expect(prepared.kind).toBe('plain');
      }
    });
  });
});
