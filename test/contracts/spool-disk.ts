/** What every disk for a spool must do, a real one and a simulated one. */
import { describe, expect, test } from 'vitest';
import type { SpoolDisk } from '../../bridge/spool/spool-disk.ts';

/** A disk, and the same disk as another process finds it when the first one is dead. */
export interface DiskUnderTest {
  readonly disk: SpoolDisk;
  readonly reopen: () => Promise<SpoolDisk>;
}

const bytes = (text: string): Uint8Array => Buffer.from(text);

async function textOf(disk: SpoolDisk, name: string, ...range: number[]): Promise<string> {
  return Buffer.from(await disk.read(name, ...range)).toString();
}

async function namesOf(disk: SpoolDisk, prefix: string): Promise<string[]> {
  return (await disk.list()).map(({ name }) => name).filter((name) => name.startsWith(prefix));
}

/** The suite. `make` gives an empty disk. */
export function describeSpoolDisk(kind: string, make: () => Promise<DiskUnderTest>): void {
  describe(`${kind} as a disk for spools`, () => {
    test('keeps what is written to new files, and lists them by name with their lengths', async () => {
      const { disk, reopen } = await make();
      const second = await disk.create('a.2');
      second.write(bytes('two'));
      const first = await disk.create('a.1');
      first.write(bytes('on'));
      first.write(bytes('e'));
      await first.sync();
      await first.close();
      await second.close();
      const after = await reopen();
      const files = (await after.list()).filter(({ name }) => name.startsWith('a.'));
      expect(files).toEqual([
        { name: 'a.1', bytes: 3 },
        { name: 'a.2', bytes: 3 },
      ]);
      expect(await textOf(after, 'a.1')).toBe('one');
      await after.close();
    });

    test('cuts a file, and goes on at its end, also when it is opened again', async () => {
      const { disk, reopen } = await make();
      const file = await disk.create('file');
      file.write(bytes('0123456789'));
      file.cut(4);
      file.write(bytes('ab'));
      await file.close();
      const after = await reopen();
      const again = await after.open('file');
      again.write(bytes('cd'));
      await again.sync();
      await again.close();
      expect(await textOf(after, 'file')).toBe('0123abcd');
      await after.close();
    });

    test('reads ranges, as far as there is anything', async () => {
      const { disk } = await make();
      const file = await disk.create('file');
      file.write(bytes('0123456789'));
      expect(await textOf(disk, 'file', 2, 3)).toBe('234');
      expect(await textOf(disk, 'file', 8, 5)).toBe('89');
      expect(await textOf(disk, 'file', 12, 5)).toBe('');
      await file.close();
      await disk.close();
    });

    test('replaces small files as a whole, whether they get longer or shorter', async () => {
      const { disk, reopen } = await make();
      for (const text of ['first', 'x'.repeat(5_000), 'last']) {
        await disk.replace('small', bytes(text));
        expect(await textOf(disk, 'small')).toBe(text);
      }
      const after = await reopen();
      expect(await textOf(after, 'small')).toBe('last');
      await after.close();
    });

    test('overwrites notes in place', async () => {
      const { disk, reopen } = await make();
      disk.note('note', bytes('one'));
      disk.note('note', bytes('two'));
      const after = await reopen();
      expect(await textOf(after, 'note')).toBe('two');
      await after.close();
    });

    test('removes files, and files that are not there', async () => {
      const { disk } = await make();
      await (await disk.create('gone')).close();
      await disk.remove('gone');
      await disk.remove('gone');
      expect(await namesOf(disk, 'gone')).toEqual([]);
      await disk.close();
    });

    test('reports failures with the code of the system', async () => {
      const { disk } = await make();
      await expect(disk.read('nothing')).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(disk.open('nothing')).rejects.toMatchObject({ code: 'ENOENT' });
      await (await disk.create('there')).close();
      await expect(disk.create('there')).rejects.toMatchObject({ code: 'EEXIST' });
      await disk.close();
    });
  });
}
