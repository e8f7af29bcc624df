import { chmod, mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import type { Place } from '../../../pipeline/storage/place.ts';
import { Workspace } from '../../../pipeline/zones/workspace.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';
import { fill, PUBLICATION, publishedTexts, rowsOf, runTexts, textsOf } from './publication.ts';

const at = (path: string): Place => ({ kind: 'folder', path });

/** All files below a folder with their bytes and times of change. */
async function snapshot(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const found = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [
        path.slice(folder.length + 1),
        `${(await stat(path)).mtimeMs} ${await readFile(path, 'utf8')}`,
      ];
    }),
  );
  return Object.fromEntries(found) as Record<string, string>;
}

const namesIn = async (out: string): Promise<string[]> => (await readdir(out)).toSorted();

describe('Workspace', () => {
  it('publishes everything, one file for each table, and leaves nothing else', async () => {
    await withTempFolder(async (folder) => {
      const out = join(folder, 'a', 'zones');
      const workspace = await Workspace.open(at(out));
      await fill(workspace, 'first');
      expect(await readdir(out)).toEqual([expect.stringMatching(/^\.tmp-/)]);
      await workspace.publish({ policy: 'strict', tables: rowsOf(7) });
      await workspace.dispose();
      expect(await namesIn(out)).toEqual(['_zones.json', ...ZONE_TABLES].toSorted());
      expect(await readdir(join(out, 'customer_trusted'))).toEqual([
        expect.stringMatching(/^customer_trusted-[0-9a-f]{12}\.parquet$/),
      ]);
      expect(await publishedTexts(out)).toEqual(textsOf('first'));
    });
  });

  it('replaces what an earlier run published, an old quarantine too', async () => {
    await withTempFolder(async (out) => {
      await runTexts(at(out), { text: 'first', quarantine: '{}' });
      const [name = ''] = await readdir(join(out, 'quarantine/customer_landing'));
      expect(name).toMatch(/^quarantine-[0-9a-f]{12}\.ndjson$/);
      await runTexts(at(out), { text: 'second' });
      expect(await namesIn(out)).toEqual(['_zones.json', ...ZONE_TABLES].toSorted());
      expect(await readdir(join(out, 'customer_curated'))).toHaveLength(1);
      expect(await publishedTexts(out)).toEqual(textsOf('second'));
    });
  });

  it('replaces the layout that had no pointer', async () => {
    await withTempFolder(async (out) => {
      const old = ZONE_TABLES.map((table) => [`${table}/${table}.parquet`, 'old'] as const);
      const files = {
        ...Object.fromEntries(old),
        'quarantine/customer_landing/quarantine.ndjson': '{}',
      };
      await writeFiles(out, files);
      await (await Workspace.open(at(out))).dispose();
      expect(Object.keys(await snapshot(out)).toSorted()).toEqual(Object.keys(files).toSorted());
      await runTexts(at(out), { text: 'new' });
      expect(await namesIn(out)).toEqual(['_zones.json', ...ZONE_TABLES].toSorted());
      expect(await readdir(join(out, 'customer_trusted'))).toHaveLength(1);
    });
  });

  it('writes nothing when nothing changed, and only what changed', async () => {
    await withTempFolder(async (out) => {
      const landing = { state: { seen: 1 }, files: [] };
      await runTexts(at(out), { text: 'same', quarantine: 'bad', landing });
      const long = new Date(1_000_000);
      for (const path of Object.keys(await snapshot(out)))
        await utimes(join(out, path), long, long);
      const before = await snapshot(out);
      await runTexts(at(out), { text: 'same', quarantine: 'bad', landing });
      expect(await snapshot(out)).toEqual(before);
      await runTexts(at(out), { text: 'same', quarantine: 'worse', landing });
      const after = await snapshot(out);
      const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
      expect(changed).toEqual([
        expect.stringMatching(/^_zones|^quarantine/),
        expect.stringMatching(/^_zones|^quarantine/),
      ]);
    });
  });

  it('mends a published file that was damaged or is gone', async () => {
    await withTempFolder(async (out) => {
      await runTexts(at(out), { text: 'same' });
      const [name = ''] = await readdir(join(out, 'customer_trusted'));
      await writeFiles(out, { [`customer_trusted/${name}`]: 'cut' });
      await runTexts(at(out), { text: 'same' });
      expect(await publishedTexts(out)).toEqual(textsOf('same'));
    });
  });

  it('leaves an earlier run as it was, and no folder of its own, when it does not publish', async () => {
    await withTempFolder(async (folder) => {
      const out = join(folder, 'made', 'zones');
      await (await Workspace.open(at(out))).dispose();
      expect(await readdir(folder)).toEqual([]);
      await writeFiles(out, { 'notes.txt': 'mine' });
      await runTexts(at(out), { text: 'old' });
      const before = await snapshot(out);
      const workspace = await Workspace.open(at(out));
      await fill(workspace, 'new');
      await workspace.dispose();
      expect(await snapshot(out)).toEqual(before);
    });
  });

  it('stops before the pointer when it is told to', async () => {
    await withTempFolder(async (out) => {
      await runTexts(at(out), { text: 'old' });
      const before = await snapshot(out);
      const workspace = await Workspace.open(at(out));
      await fill(workspace, 'new');
      const stopped = workspace.publish(
        { policy: 'strict', tables: rowsOf(1) },
        AbortSignal.abort(),
      );
      await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
      await workspace.dispose();
      expect(await snapshot(out)).toEqual(before);
    });
  });

  it('lets one run at a time work on a folder', async () => {
    await withTempFolder(async (out) => {
      const first = await Workspace.open(at(out));
      await expect(Workspace.open(at(out))).rejects.toMatchObject({
        code: 'OUTPUT_BUSY',
        message: expect.stringContaining(out) as string,
      });
      await fill(first, 'first');
      await first.publish({ policy: 'strict', tables: rowsOf(1) });
      await first.dispose();
      await runTexts(at(out), { text: 'second' });
      expect(await publishedTexts(out)).toEqual(textsOf('second'));
    });
  });

  it('keeps its local files where it is told to', async () => {
    await withTempFolder(async (folder) => {
      const [out, scratch] = [join(folder, 'out'), join(folder, 'disk', 'scratch')];
      const workspace = await Workspace.open(at(out), { scratch });
      expect(workspace.scratch('spill').startsWith(scratch)).toBe(true);
      expect(await readdir(out)).toEqual([]);
      await fill(workspace, 'text');
      await workspace.publish({ policy: 'strict', tables: rowsOf(1) });
      await workspace.dispose();
      expect(await readdir(scratch)).toEqual([]);
      expect(await publishedTexts(out)).toEqual(textsOf('text'));
    });
  });

  it('removes what a killed run left, and nothing else', async () => {
    await withTempFolder(async (out) => {
      await runTexts(at(out), { text: 'old' });
      const before = await snapshot(out);
      await writeFiles(out, {
        '.tmp-dead/customer_trusted/customer_trusted.parquet': 'half',
        '.0123456789abcdef01234567.part': 'half',
        'customer_trusted/.0123456789abcdef01234567.part': 'half',
        'customer_trusted/customer_trusted-0123456789ab.parquet': 'never named',
        '_landing/customer_landing/1-0123456789ab.parquet': 'never named',
      });
      await (await Workspace.open(at(out))).dispose();
      expect(await snapshot(out)).toEqual(before);
    });
  });

  it.each([
    'customer_trusted/mine.txt',
    'customer_trusted/deeper/customer_trusted-0123456789ab.parquet',
    'quarantine/mine.txt',
    'quarantine/customer_landing/mine.json',
    '_landing/mine.json',
    '_zones.json',
  ])('does not replace an output that holds %s of somebody else', async (path) => {
    await withTempFolder(async (out) => {
      await writeFiles(out, { [path]: 'mine' });
      await expect(Workspace.open(at(out))).rejects.toMatchObject({
        code: 'OUTPUT_NOT_OURS',
        message: expect.stringContaining(path) as string,
      });
      expect(await readFile(join(out, path), 'utf8')).toBe('mine');
    });
  });

  it('says which folder cannot be written to', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { file: 'x' });
      for (const out of [join(folder, 'file'), join(folder, 'file/zones'), '/proc/zones']) {
        await expect(Workspace.open(at(out))).rejects.toMatchObject({
          code: 'OUTPUT_UNWRITABLE',
          message: expect.stringContaining(out) as string,
        });
      }
    });
  });

  it.runIf(process.getuid?.() !== 0)('says that a folder may not be written to', async () => {
    await withTempFolder(async (folder) => {
      await chmod(folder, 0o500);
      await expect(Workspace.open(at(join(folder, 'zones')))).rejects.toMatchObject({
        code: 'OUTPUT_UNWRITABLE',
      });
      await chmod(folder, 0o700);
    });
  });
});

describe('what is known of the landing', () => {
  it('comes back in the next run, file by file, and is kept without its bytes', async () => {
    await withTempFolder(async (folder) => {
      const out = at(join(folder, 'out'));
      await mkdir(join(folder, 'parts'));
      await writeFiles(folder, { 'parts/1.parquet': 'one', 'parts/2.parquet': 'two' });
      const part = (name: string) => ({
        key: `customer_landing/${name}`,
        path: join(folder, 'parts', name),
      });
      await runTexts(out, {
        text: 'a',
        landing: { state: { objects: ['x'] }, files: [part('2.parquet'), part('1.parquet')] },
      });
      const workspace = await Workspace.open(out);
      const previous = workspace.previousLanding;
      expect(previous?.state).toEqual({ objects: ['x'] });
      const copy = await previous?.fetch('customer_landing/2.parquet');
      expect(await readFile(copy ?? '', 'utf8')).toBe('two');
      expect(await previous?.fetch('customer_landing/3.parquet')).toBeUndefined();
      await workspace.dispose();
      const kept = { key: 'customer_landing/2.parquet' };
      await runTexts(out, { text: 'a', landing: { state: { objects: [] }, files: [kept] } });
      expect(await readdir(join(folder, 'out/_landing/customer_landing'))).toEqual([
        expect.stringMatching(/^2-[0-9a-f]{12}\.parquet$/),
      ]);
    });
  });

  it('is found to be damaged although its length is right, told once, and stored again', async () => {
    await withTempFolder(async (folder) => {
      const out = at(join(folder, 'out'));
      const paths = ['1.parquet', '2.parquet'].map((name) => join(folder, name));
      await writeFiles(folder, { '1.parquet': 'sound', '2.parquet': 'sound' });
      const landing = {
        state: {},
        files: paths.map((path, index) => ({ key: `customer_landing/${index}.parquet`, path })),
      };
      await runTexts(out, { text: 'a', landing });
      const parts = join(folder, 'out/_landing/customer_landing');
      for (const name of await readdir(parts)) await writeFiles(parts, { [name]: 'xxxxx' });
      const notices: string[] = [];
      const onNotice = (notice: string): void => void notices.push(notice);
      const fetched = async (workspace: Workspace): Promise<boolean[]> =>
        Promise.all(
          landing.files.map(
            async ({ key }) => (await workspace.previousLanding?.fetch(key)) !== undefined,
          ),
        );
      const workspace = await Workspace.open(out, { onNotice });
      expect(await fetched(workspace)).toEqual([false, false]);
      expect(notices).toEqual([expect.stringContaining(join(folder, 'out'))]);
      await fill(workspace, 'a');
      await workspace.publish({ ...PUBLICATION, landing });
      await workspace.dispose();
      const next = await Workspace.open(out, { onNotice });
      expect(await fetched(next)).toEqual([true, true]);
      expect(notices).toHaveLength(1);
      await next.dispose();
    });
  });

  it('is read again from nothing when any of it is gone or damaged', async () => {
    await withTempFolder(async (out) => {
      const landing = { state: { objects: ['x'] }, files: [] };
      await runTexts(at(out), { text: 'a', landing });
      const [name = ''] = await readdir(join(out, '_landing'));
      await writeFiles(out, { [`_landing/${name}`]: '{' });
      const workspace = await Workspace.open(at(out));
      expect(workspace.previousLanding).toBeUndefined();
      await workspace.dispose();
      await runTexts(at(out), { text: 'a', landing });
      const next = await Workspace.open(at(out));
      expect(next.previousLanding?.state).toEqual({ objects: ['x'] });
      await next.dispose();
    });
  });
});
