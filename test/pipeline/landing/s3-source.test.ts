import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LandingObject } from '../../../pipeline/landing/landing-object.ts';
import { s3Source } from '../../../pipeline/landing/s3-source.ts';
import { withBucket } from './landing-bucket.ts';

describe('s3Source', () => {
  it('lists both layouts of a prefix, and keeps no more than what is being read', async () => {
    await withBucket(async ({ folder, put, place }) => {
      await put('run/accelerometer_landing/2022/06/18/a.json', 'first');
      await put('run/customer/landing/odd ..%2f name+.json', 'odd');
      await put('run/customer_landing/_SUCCESS', 'x');
      await put('run/customer_landing/empty.json', '');
      await put('other/customer_landing/a.json', 'x');
      const target = join(folder, 'landing');
      const source = s3Source(place('run/'), target, undefined);
      const objects = await source.list();
      expect(await source.folders()).toEqual([
        'accelerometer_landing',
        'customer',
        'customer_landing',
      ]);
      expect(objects.map(({ table, name, bytes }) => `${table} ${name} ${bytes}`)).toEqual([
        'customer_landing customer/landing/odd ..%2f name+.json 3',
        'accelerometer_landing accelerometer_landing/2022/06/18/a.json 5',
      ]);
      for (const [index, text] of ['odd', 'first'].entries()) {
        const local = await source.fetch(objects[index] as LandingObject);
        expect(await readFile(local.path, 'utf8')).toBe(text);
        await source.release(local);
        expect(await readdir(target)).toEqual([]);
      }
      source.close();
    });
  });

  it('makes many calls that one signal stops, and nobody is told of a leak', async () => {
    await withBucket(async ({ folder, put, place }) => {
      const names = Array.from({ length: 12 }, (_, index) => `customer_landing/${index}.json`);
      await Promise.all(names.map((name) => put(name, name)));
      const warnings: string[] = [];
      const listen = ({ name }: Error): number => warnings.push(name);
      process.on('warning', listen);
      try {
        const { signal } = new AbortController();
        const source = s3Source(place(), join(folder, 'landing'), signal);
        const objects = await source.list();
        await Promise.all(objects.map((object) => source.fetch(object)));
        source.close();
        // Warnings are told in a turn of their own.
        await setImmediate();
      } finally {
        process.off('warning', listen);
      }
      expect(warnings).toEqual([]);
    });
  });

  it('notices an object that was replaced or removed since it was listed', async () => {
    await withBucket(async ({ folder, put, remove, place }) => {
      await put('customer_landing/a.json', 'first');
      await put('customer_landing/b.json', 'first');
      const source = s3Source(place(), join(folder, 'landing'), undefined);
      const objects = await source.list();
      await put('customer_landing/a.json', 'other');
      await remove('customer_landing/b.json');
      for (const object of objects) {
        await expect(source.fetch(object)).rejects.toMatchObject({
          code: 'LANDING_CHANGED',
          message: expect.stringContaining(object.name) as string,
        });
      }
      expect(objects).toHaveLength(2);
      source.close();
    });
  });

  it('says that a prefix holds nothing, that there is no such bucket, and that it was stopped', async () => {
    await withBucket(async ({ folder, put, place }) => {
      await put('customer_landing/a.json', 'x');
      const list = (...args: Parameters<typeof place>): Promise<LandingObject[]> =>
        s3Source(place(...args), join(folder, 'landing'), undefined).list();
      await expect(list('run/')).rejects.toMatchObject({
        code: 'LANDING_NOT_FOUND',
        message: expect.stringContaining('s3://lake/run/') as string,
      });
      await expect(list('', 'nowhere')).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
      const stopped = s3Source(place(), join(folder, 'landing'), AbortSignal.abort()).list();
      await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    });
  });

  it('names the storage that does not answer', async () => {
    await withBucket(async ({ folder, place }) => {
      const free = createServer();
      await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
      const endpoint = `http://127.0.0.1:${(free.address() as AddressInfo).port}`;
      await new Promise((resolve) => free.close(resolve));
      const source = s3Source({ ...place(), endpoint }, join(folder, 'landing'), undefined);
      await expect(source.list()).rejects.toMatchObject({
        code: 'STORAGE_UNREACHABLE',
        message: expect.stringContaining(endpoint) as string,
      });
    });
  });
});
