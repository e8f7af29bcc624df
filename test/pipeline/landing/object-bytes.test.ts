import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  detectFormat,
  readHead,
  readObject,
  toGzipDamage,
  unpackSmall,
} from '../../../pipeline/landing/object-bytes.ts';
import type { ObjectFormat } from '../../../pipeline/landing/object-bytes.ts';
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

const formatOf = (object: LocalObject): ObjectFormat =>
  detectFormat(object.name, readHead(object, Buffer.alloc(9)));

describe('readObject', () => {
  it('gives the unpacked bytes of whatever detectFormat found', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, {
        plain: 'some text',
        packed: gzipSync('some text'),
        one: '\u001f',
        table: 'PAR1',
      });
      expect(formatOf(objectAt(join(folder, 'table')))).toBe('parquet');
      const promised = { ...objectAt(join(folder, 'one')), name: 'c/a.PARQUET' };
      expect(formatOf(promised)).toBe('parquet');
      for (const [name, compression] of [
        ['plain', 'none'],
        ['packed', 'gzip'],
        ['one', 'none'],
      ] as const) {
        const object = objectAt(join(folder, name));
        expect(formatOf(object)).toBe(compression);
        const chunks: Buffer[] = [];
        for await (const chunk of readObject(object, compression)) chunks.push(Buffer.from(chunk));
        expect(Buffer.concat(chunks).toString()).toBe(name === 'one' ? '\u001f' : 'some text');
      }
    });
  });

  it('unpacks a small object at once, unless it becomes large', () => {
    const text = Buffer.from('some text');
    expect(unpackSmall(text, 'none')).toBe(text);
    expect(unpackSmall(gzipSync(text), 'gzip')).toEqual(text);
    expect(unpackSmall(gzipSync(Buffer.alloc(1024 * 1024)), 'gzip')).toHaveLength(1024 * 1024);
    expect(unpackSmall(gzipSync(Buffer.alloc(1024 * 1024 + 1)), 'gzip')).toBeUndefined();
    expect(() => unpackSmall(gzipSync(text).subarray(0, -1), 'gzip')).toThrow(
      expect.objectContaining({ code: 'Z_BUF_ERROR' }),
    );
  });

  it('fails with a code of ours where there is nothing to read', () => {
    const expected = {
      code: 'LANDING_UNREADABLE',
      message: expect.stringContaining('c/a.json') as string,
    };
    expect(() => formatOf(objectAt('/nowhere/a'))).toThrow(expect.objectContaining(expected));
    expect(() =>
      toGzipDamage(objectAt('a'), Object.assign(new RangeError(), { code: 'EIO' })),
    ).toThrow(expect.objectContaining(expected));
  });
});
