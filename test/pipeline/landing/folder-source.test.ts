import { appendFile, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import { folderSource } from '../../../pipeline/landing/folder-source.ts';
import type { LandingObject } from '../../../pipeline/landing/landing-object.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';
import { LINE, loadWith } from './loaded.ts';

const TABLE = 'accelerometer_landing';

const listIn = (folder: string): Promise<LandingObject[]> => folderSource(folder).list();

describe('the objects of a landing folder', () => {
  it('are found in both layouts and partitions below them, in a fixed order', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, {
        'customer/landing/c.json': '{}',
        'customer_landing/2022/06/18/b.json.gz': '{}',
        'accelerometer_landing/date=2022-06-18/part-00000': '{}',
        'accelerometer_landing/a.ndjson': '{}',
        'step_trainer/landing/x.csv': 'a,b',
        'step_trainer_trusted/x.json': '{}',
        'quarantine/step_trainer_landing/x.json': '{}',
      });
      const objects = await listIn(folder);
      expect(objects.map(({ table, name, kind }) => `${table} ${name} ${kind}`)).toEqual([
        'customer_landing customer_landing/2022/06/18/b.json.gz records',
        'customer_landing customer/landing/c.json records',
        'accelerometer_landing accelerometer_landing/a.ndjson records',
        'accelerometer_landing accelerometer_landing/date=2022-06-18/part-00000 records',
        'step_trainer_landing step_trainer/landing/x.csv foreign',
      ]);
      expect(objects.map(({ bytes }) => bytes)).toEqual([2, 2, 2, 2, 3]);
    });
  });

  it('do not include empty files and markers', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, {
        'customer_landing/_SUCCESS': 'x',
        'customer_landing/.part.crc': 'x',
        'customer_landing/empty.json': '',
      });
      expect(await listIn(folder)).toEqual([]);
    });
  });

  it('are not looked for in files that are called like folders', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, {
        'customer_landing/a.json': '{}',
        customer: 'x',
        accelerometer_landing: 'x',
      });
      expect(await listIn(folder)).toHaveLength(1);
      await writeFiles(folder, { 'other/customer_landing': 'x' });
      await expect(listIn(join(folder, 'other'))).rejects.toMatchObject({
        code: 'LANDING_NOT_FOUND',
      });
    });
  });

  it('are found behind links, without walking in circles', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { 'customer_landing/a.json': '{}', 'elsewhere/b.json': '{}' });
      await symlink(join(folder, 'elsewhere'), join(folder, 'customer_landing/linked'));
      await symlink('..', join(folder, 'elsewhere/circle'));
      const names = (await listIn(folder)).map(({ name }) => name);
      expect(names).toContain('customer_landing/linked/b.json');
      expect(names.length).toBeLessThan(9);
    });
  });

  it('are missed with the name of the folder and what it should hold', async () => {
    await withTempFolder(async (folder) => {
      const missing = join(folder, 'nowhere');
      await expect(listIn(missing)).rejects.toMatchObject({
        code: 'LANDING_NOT_FOUND',
        message: expect.stringContaining(missing) as string,
      });
      await mkdir(join(folder, 'something'));
      await expect(listIn(folder)).rejects.toMatchObject({
        code: 'LANDING_NOT_FOUND',
        message: expect.stringContaining('customer_landing/') as string,
      });
    });
  });

  it('may not change between the moment that they are fetched and the one that they are done with', async () => {
    await withTempFolder(async (folder) => {
      const [kept, gone] = ['customer_landing/a.json', 'customer_landing/b.json'];
      await writeFiles(folder, { [kept]: '{}', [gone]: '{}' });
      const source = folderSource(folder);
      const objects = await Promise.all((await source.list()).map((each) => source.fetch(each)));
      for (const object of objects) await expect(source.release(object)).resolves.toBeUndefined();
      await writeFiles(folder, { [kept]: '{"a":1}' });
      await rm(join(folder, gone));
      for (const object of objects) {
        await expect(source.release(object)).rejects.toMatchObject({
          code: 'LANDING_CHANGED',
          message: expect.stringContaining(object.name) as string,
        });
      }
    });
  });

  it.each(['rows.json', 'rows.json.gz', 'torn.json'])(
    'end the loading when %s changes after it was read',
    async (name) => {
      await withTempFolder(async (folder) => {
        const lines = name === 'torn.json' ? `${LINE}\nbroken\n` : `${LINE}\n`;
        const content = name.endsWith('.gz') ? gzipSync(lines) : lines;
        await writeFiles(folder, { [`${TABLE}/${name}`]: content });
        const engine = await Engine.open({ threads: 1 });
        let writes = 0;
        const written = {
          query: (sql: string) => engine.query(sql),
          run: async (sql: string): Promise<number> => {
            const rows = await engine.run(sql);
            if (!sql.startsWith('INSERT')) return rows;
            writes++;
            await appendFile(join(folder, TABLE, name), content);
            return rows;
          },
        };
        const loading = loadWith(written, folder, TABLE);
        await expect(loading).rejects.toMatchObject({ code: 'LANDING_CHANGED' });
        expect(writes).toBe(1);
        engine.close();
      });
    },
  );

  it('cannot be found behind a link that leads nowhere', async () => {
    await withTempFolder(async (folder) => {
      await mkdir(join(folder, 'customer_landing'));
      await symlink(join(folder, 'gone'), join(folder, 'customer_landing/a.json'));
      await expect(listIn(folder)).rejects.toMatchObject({ code: 'LANDING_UNREADABLE' });
    });
  });
});
