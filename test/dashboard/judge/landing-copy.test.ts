import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LandingCopy } from '../../../dashboard/judge/landing-copy.ts';
import { startObjectStore } from '../../../simulator/index.ts';
import { openStorage } from '../../../pipeline/index.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-copy-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('each object of a folder is copied once', async () => {
  const landing = join(folder, 'landing-zone');
  const copy = new LandingCopy({ kind: 'folder', path: landing }, join(folder, 'judge'));
  expect(await copy.update()).toEqual([]);
  await mkdir(join(landing, 'customer_landing'), { recursive: true });
  await writeFile(join(landing, 'customer_landing', 'a.json'), '{}\n');
  const [added, ...others] = await copy.update();
  expect(others).toEqual([]);
  expect(added).toMatchObject({ key: 'customer_landing/a.json', bytes: 3 });
  expect(await readFile(added?.path ?? '', 'utf8')).toBe('{}\n');
  expect(added?.path).toBe(join(copy.folder, 'customer_landing', 'a.json'));
  expect(await copy.update()).toEqual([]);
  expect(copy.objects).toEqual([added]);
  copy.close();
});

test('the objects of a bucket are copied', async () => {
  const credentials = { accessKeyId: 'stedi', secretAccessKey: 'only for this test' };
  const root = join(folder, 'bucket');
  const store = await startObjectStore({
    root,
    credentials,
    region: 'us-east-1',
    buckets: ['lake'],
  });
  const place = {
    kind: 's3',
    bucket: 'lake',
    prefix: '',
    endpoint: store.url,
    credentials,
  } as const;
  const storage = openStorage(place);
  const copy = new LandingCopy(place, join(folder, 'judge'));
  try {
    await storage.write('step_trainer_landing/date=2022-06-18/b.json', Buffer.from('[1]'));
    const [added] = await copy.update();
    expect(added?.key).toBe('step_trainer_landing/date=2022-06-18/b.json');
    expect(await readFile(added?.path ?? '', 'utf8')).toBe('[1]');
    expect(await copy.update()).toEqual([]);
  } finally {
    copy.close();
    storage.close();
    await store.close();
  }
});
