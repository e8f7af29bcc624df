import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderSink } from '../../../bridge/adapters/folder-sink.ts';
import { BridgeError } from '../../../bridge/bridge-error.ts';
import type { LandingObject } from '../../../bridge/core/landing-batches.ts';

const KEY = 'step_trainer_landing/date=2022-06-18/b-00000000.json';

const objectOf = (body: string, key = KEY): LandingObject => ({ key, body, metadata: { a: 'b' } });

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stedi folder sink '));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const files = async (): Promise<string[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};

describe('FolderSink', () => {
  it('writes an object as a file at the path of its key, in folders that it makes', async () => {
    await new FolderSink(join(root, 'not', 'there', 'yet')).put(objectOf('{"user":"żółw"}\n'));
    const path = join(root, 'not', 'there', 'yet', ...KEY.split('/'));
    expect(await readFile(path, 'utf8')).toBe('{"user":"żółw"}\n');
    expect(await files()).toEqual(['b-00000000.json']);
  });

  it('replaces an object under the same key, and leaves nothing beside it', async () => {
    const sink = new FolderSink(root);
    await sink.put(objectOf('a long first version\n'));
    await sink.put(objectOf('second\n'));
    expect(await readFile(join(root, KEY), 'utf8')).toBe('second\n');
    expect(await files()).toEqual(['b-00000000.json']);
  });

  it('writes several objects at once', async () => {
    const sink = new FolderSink(root);
    const names = Array.from({ length: 20 }, (_, number) => `b-${number}.json`);
    await Promise.all(names.map((name) => sink.put(objectOf(`${name}\n`, `table/day/${name}`))));
    expect((await files()).toSorted()).toEqual(names.toSorted());
    expect(await readFile(join(root, 'table', 'day', 'b-13.json'), 'utf8')).toBe('b-13.json\n');
  });

  it('writes a name that is as long as a file system takes', async () => {
    const name = 'n'.repeat(255);
    await new FolderSink(root).put(objectOf('long\n', `table/day/${name}`));
    expect(await readFile(join(root, 'table', 'day', name), 'utf8')).toBe('long\n');
    expect(await files()).toEqual([name]);
  });

  it('makes objects durable on demand, in folders old and new', async () => {
    const sink = new FolderSink(root, { durable: true });
    await sink.put(objectOf('first\n'));
    await sink.put(objectOf('second\n'));
    expect(await readFile(join(root, KEY), 'utf8')).toBe('second\n');
    expect(await files()).toEqual(['b-00000000.json']);
  });

  it('lets attempts at one object run into each other: it is whole at each moment', async () => {
    const sink = new FolderSink(root);
    const body = `${'x'.repeat(1 << 20)}\n`;
    await Promise.all(Array.from({ length: 10 }, () => sink.put(objectOf(body))));
    expect(await readFile(join(root, KEY), 'utf8')).toBe(body);
    expect(await files()).toEqual(['b-00000000.json']);
  });

  it('names the place and the fix when it cannot write, and keeps the cause', async () => {
    await writeFile(join(root, 'step_trainer_landing'), 'a file where a folder should be');
    const failure: unknown = await new FolderSink(root)
      .put(objectOf('x'))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BridgeError);
    expect(failure).toMatchObject({
      code: 'STORAGE_REFUSED',
      message: expect.stringContaining(`Cannot write ${join(root, KEY)} (E`) as string,
      cause: { code: expect.stringMatching(/^E(?:NOTDIR|EXIST)$/) as string },
    });
    expect(await files()).toEqual(['step_trainer_landing']);
  });

  it('leaves no half an object behind when it cannot put it into its place', async () => {
    const sink = new FolderSink(root);
    // A folder that is not empty cannot be replaced by a file.
    await sink.put(objectOf('x', `${KEY}/inside.json`));
    await expect(sink.put(objectOf('y'))).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
    expect(await files()).toEqual(['inside.json']);
    expect((await stat(join(root, KEY))).isDirectory()).toBe(true);
  });

  it('says at once whether it can be written, and leaves nothing there', async () => {
    const folder = join(root, 'not', 'yet');
    await new FolderSink(folder).check();
    expect(await readdir(folder)).toEqual([]);
    await writeFile(join(root, 'file'), '');
    for (const path of [join(root, 'file'), join(root, 'file', 'below')]) {
      await expect(new FolderSink(path).check()).rejects.toMatchObject({
        code: 'STORAGE_REFUSED',
        message: expect.stringMatching(/ENOTDIR.* is a file and no folder/) as string,
      });
    }
  });
});
