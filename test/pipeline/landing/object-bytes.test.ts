import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { detectFormat, readObject, toGzipDamage } from '../../../pipeline/landing/object-bytes.ts';
import type { LocalObject } from '../../../pipeline/landing/landing-object.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';

const objectAt = (path: string): LocalObject => ({
  table: 'customer_landing',
  name: 'c/a.json',
  path,
  kind: 'records',
  bytes: 9,
  tag: '',
});

describe('readObject', () => {
  it('gives the unpacked bytes of whatever detectFormat found', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, {
        plain: 'some text',
        packed: gzipSync('some text'),
        one: '\u001f',
        table: 'PAR1',
      });
      expect(await detectFormat(objectAt(join(folder, 'table')))).toBe('parquet');
      const promised = { ...objectAt(join(folder, 'one')), name: 'c/a.PARQUET' };
      expect(await detectFormat(promised)).toBe('parquet');
      for (const [name, compression] of [
        ['plain', 'none'],
        ['packed', 'gzip'],
        ['one', 'none'],
      ] as const) {
        const object = objectAt(join(folder, name));
        expect(await detectFormat(object)).toBe(compression);
        const chunks: Buffer[] = [];
        for await (const chunk of readObject(object, compression)) chunks.push(Buffer.from(chunk));
        expect(Buffer.concat(chunks).toString()).toBe(name === 'one' ? '\u001f' : 'some text');
      }
    });
  });

  it('fails with a code of ours where there is nothing to read', async () => {
    const expected = {
      code: 'LANDING_UNREADABLE',
      message: expect.stringContaining('c/a.json') as string,
    };
    await expect(detectFormat(objectAt('/nowhere/a'))).rejects.toMatchObject(expected);
    expect(() =>
      toGzipDamage(objectAt('a'), Object.assign(new RangeError(), { code: 'EIO' })),
    ).toThrow(expect.objectContaining(expected));
  });
});
