import { closeSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  IncomingFile,
  isMissing,
  objectPieces,
  openObjectFile,
  readObjectRecord,
} from '../../../simulator/object-store/object-file.ts';
import { openFilesBelow, temporaryFolder } from './temporary-folder.ts';

const FIELDS = { key: 'k', etag: 'e', lastModifiedMs: 1, headers: { 'content-type': 't' } };

async function store(path: string, bytes: string, keepBytes?: number): Promise<void> {
  const file = await IncomingFile.create(path, keepBytes);
  for (const piece of bytes.match(/.{1,3}/gs) ?? []) await file.write(Buffer.from(piece));
  await file.seal(FIELDS);
}

describe('an object file', () => {
  it('holds the bytes, then the record', async () => {
    const path = join(await temporaryFolder(), 'object');
    await store(path, '0123456789');
    expect((await readFile(path)).subarray(0, 10).toString()).toBe('0123456789');
    expect(readObjectRecord(path)).toEqual({ ...FIELDS, sizeBytes: 10 });
  });

  it('gives back a record that is longer than what is read at once', async () => {
    const path = join(await temporaryFolder(), 'object');
    const file = await IncomingFile.create(path);
    await file.write(Buffer.from('bytes'));
    const headers = { 'x-amz-meta-long': 'ü'.repeat(6000) };
    const written = await file.seal({ ...FIELDS, headers });
    expect(readObjectRecord(path)).toEqual(written);
  });

  it.each([
    [0, ''],
    [4, '0123'],
    [10, '0123456789'],
    [99, '0123456789'],
  ])('told to keep %i bytes, drops the rest', async (keepBytes, kept) => {
    const path = join(await temporaryFolder(), 'object');
    await store(path, '0123456789', keepBytes);
    expect(readObjectRecord(path)?.sizeBytes).toBe(kept.length);
    expect((await readFile(path)).subarray(0, kept.length).toString()).toBe(kept);
  });

  it('is read to the end of its bytes, not further', async () => {
    const path = join(await temporaryFolder(), 'object');
    await store(path, '0123456789');
    const object = openObjectFile(path);
    const taken: Buffer[] = [];
    for await (const piece of objectPieces(object?.fd ?? -1, 10)) taken.push(piece);
    for await (const piece of objectPieces(object?.fd ?? -1, 0)) taken.push(piece);
    closeSync(object?.fd ?? -1);
    expect(Buffer.concat(taken).toString()).toBe('0123456789');
  });

  it('that is not there is undefined', async () => {
    const path = join(await temporaryFolder(), 'absent');
    expect(openObjectFile(path)).toBeUndefined();
    expect(readObjectRecord(path)).toBeUndefined();
  });

  it('that is no object file is an error, and leaves no file open', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'other');
    await writeFile(path, 'not written by the store');
    expect(() => openObjectFile(path)).toThrow(`${path} is not an object file`);
    expect(await openFilesBelow(folder)).toEqual([]);
  });
});

describe('an incoming file', () => {
  it('is gone when it is discarded, sealed or not', async () => {
    const folder = await temporaryFolder();
    const open = await IncomingFile.create(join(folder, 'open'));
    await open.write(Buffer.from('x'));
    await open.discard();
    const sealed = await IncomingFile.create(join(folder, 'sealed'));
    await sealed.seal(FIELDS);
    await sealed.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it('never overwrites a file', async () => {
    const path = join(await temporaryFolder(), 'taken');
    await writeFile(path, 'x');
    await expect(IncomingFile.create(path)).rejects.toMatchObject({ code: 'EEXIST' });
  });
});

describe('a missing path', () => {
  it('is told from other errors', () => {
    expect(isMissing(Object.assign(new RangeError(), { code: 'ENOENT' }))).toBe(true);
    expect(isMissing(Object.assign(new RangeError(), { code: 'EACCES' }))).toBe(false);
    expect(isMissing('ENOENT')).toBe(false);
  });
});
