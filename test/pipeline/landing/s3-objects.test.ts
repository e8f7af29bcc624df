import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runPipeline } from '../../../pipeline/index.ts';
import { createS3Client } from '../../../pipeline/storage/s3-client.ts';
import { downloadS3Objects } from '../../../pipeline/landing/s3-objects.ts';
import { startObjectStore } from '../../../simulator/object-store/index.ts';
import type { ObjectStore } from '../../../simulator/object-store/index.ts';
import { customer, walk } from '../lake.ts';
import { toLines, withTempFolder } from '../temp-folder.ts';

const CREDENTIALS = { accessKeyId: 'key-of-the-test', secretAccessKey: 'secret-of-the-test' };

async function withStore<T>(
  use: (
    store: ObjectStore,
    folder: string,
    put: (key: string, body: string) => Promise<void>,
  ) => Promise<T>,
): Promise<T> {
  return withTempFolder(async (folder) => {
    const store = await startObjectStore({ root: join(folder, 'store'), credentials: CREDENTIALS });
    const client = createS3Client(store.url);
    try {
      await client.send(new CreateBucketCommand({ Bucket: 'lake' }));
      const put = async (Key: string, Body: string): Promise<void> => {
        await client.send(new PutObjectCommand({ Bucket: 'lake', Key, Body }));
      };
      return await use(store, folder, put);
    } finally {
      client.destroy();
      await store.close();
    }
  });
}

/** Storage that lists ten objects a page; each holds its own path. */
async function withPagedStorage(count: number, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    if (!searchParams.has('list-type')) return response.end(pathname);
    const prefix = searchParams.get('prefix') ?? '';
    const from = Number(searchParams.get('continuation-token') ?? 0);
    const to = prefix === 'step_trainer_landing/' ? Math.min(from + 10, count) : from;
    const keys = Array.from({ length: to - from }, (_, index) => `${prefix}${from + index}.json`);
    const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>9</Size></Contents>`);
    const isTruncated = to > from && to < count;
    const next = isTruncated ? `<NextContinuationToken>${to}</NextContinuationToken>` : '';
    return response.end(
      `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const source = (endpoint: string, prefix = '', bucket = 'lake') =>
  ({ kind: 's3', bucket, prefix, endpoint }) as const;

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe('downloadS3Objects', () => {
  it('brings both layouts of a prefix, under names that no key decides', async () => {
    await withStore(async ({ url }, folder, put) => {
      await put('run/accelerometer_landing/2022/06/18/a.json', 'first');
      await put('run/customer/landing/odd ..%2f name+.json', 'odd');
      await put('run/customer_landing/_SUCCESS', 'x');
      await put('run/customer_landing/empty.json', '');
      await put('other/customer_landing/a.json', 'x');
      const target = join(folder, 'landing');
      const objects = await downloadS3Objects(source(url, 'run/'), target, undefined);
      expect(objects.map(({ table, name }) => `${table} ${name}`)).toEqual([
        'customer_landing customer/landing/odd ..%2f name+.json',
        'accelerometer_landing accelerometer_landing/2022/06/18/a.json',
      ]);
      expect(await readdir(target)).toEqual(['0', '1']);
      const texts = objects.map(({ path }) => readFile(path, 'utf8'));
      expect(await Promise.all(texts)).toEqual(['odd', 'first']);
    });
  });

  it('asks for page after page', async () => {
    await withPagedStorage(25, async (url) => {
      await withTempFolder(async (folder) => {
        const objects = await downloadS3Objects(source(url), folder, undefined);
        const numbers = Array.from(
          { length: 25 },
          (_, index) => `step_trainer_landing/${index}.json`,
        );
        expect(objects.map(({ name }) => name)).toEqual(numbers);
        const texts = await Promise.all(objects.map(({ path }) => readFile(path, 'utf8')));
        expect(texts).toEqual(numbers.map((name) => `/lake/${name}`));
      });
    });
  });

  it('is where a whole run may begin, which leaves only its zones', async () => {
    await withStore(async ({ url }, folder, put) => {
      await put('customer_landing/c.json', toLines([customer('a@x')]));
      const { accelerometer, steps } = walk({ user: 'a@x', serial: 'box' });
      await put('accelerometer_landing/a.json', toLines(accelerometer));
      await put('step_trainer_landing/s.json', toLines(steps));
      const path = join(folder, 'out');
      const out = { kind: 'folder', path } as const;
      const { tables } = await runPipeline({ landing: source(url), out, policy: 'strict' });
      expect(tables.machine_learning_curated.rows).toBe(12);
      const published = await readdir(path);
      expect(published).toContain('_zones.json');
      const nowhere = runPipeline({ landing: source(url, 'x/'), out, policy: 'strict' });
      await expect(nowhere).rejects.toMatchObject({ code: 'LANDING_NOT_FOUND' });
      expect(await readdir(path)).toEqual(published);
    });
  });

  it('says that a prefix holds nothing', async () => {
    await withStore(async ({ url }, folder) => {
      await expect(
        downloadS3Objects(source(url, 'run/'), join(folder, 'l'), undefined),
      ).rejects.toMatchObject({
        code: 'LANDING_NOT_FOUND',
        message: expect.stringContaining('s3://lake/run/') as string,
      });
    });
  });

  it('tells a bucket that there is not from storage that does not answer', async () => {
    await withStore(async ({ url }, folder) => {
      const target = join(folder, 'landing');
      await expect(
        downloadS3Objects(source(url, '', 'nowhere'), target, undefined),
      ).rejects.toMatchObject({
        code: 'STORAGE_REFUSED',
        message: expect.stringContaining('NoSuchBucket') as string,
      });
      const free = createServer();
      await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
      const { port } = free.address() as AddressInfo;
      await new Promise((resolve) => free.close(resolve));
      await expect(
        downloadS3Objects(source(`http://127.0.0.1:${port}`), target, undefined),
      ).rejects.toMatchObject({
        code: 'STORAGE_UNREACHABLE',
        message: expect.stringContaining(`http://127.0.0.1:${port}`) as string,
      });
    });
  });

  it('stops when it is told to', async () => {
    await withStore(async ({ url }, folder, put) => {
      await put('customer_landing/a.json', 'x');
      const signal = AbortSignal.abort();
      await expect(downloadS3Objects(source(url), join(folder, 'l'), signal)).rejects.toMatchObject(
        { name: 'AbortError' },
      );
    });
  });
});
