import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { openStorage } from '../../../pipeline/storage/open-storage.ts';
import { listS3Objects } from '../../../pipeline/storage/s3-listing.ts';
import { S3Session } from '../../../pipeline/storage/s3-session.ts';
import type { ChooseFault } from '../../../simulator/object-store/index.ts';
import { CREDENTIALS, IMPATIENT, withFaultyStore } from './faulty-store.ts';

const KEYS = Array.from({ length: 23 }, (_, index) => `many/${100 + index}.json`);

/** Lists the 23 keys in pages of ten, with faults in some of the calls. */
async function listWith(fault?: ChooseFault): Promise<string[]> {
  let keys: string[] = [];
  await withFaultyStore(async ({ place, note }) => {
    const storage = openStorage(place);
    for (const key of KEYS) await storage.write(key, Buffer.from(key));
    storage.close();
    note(fault);
    const session = new S3Session(place, IMPATIENT);
    keys = (await listS3Objects(session, 'many/', undefined, 10)).map(({ key }) => key);
    session.client.destroy();
  });
  return keys;
}

/** Storage that gives the same page to whoever asks. */
async function withPage(page: string, use: (endpoint: string) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => {
    response.end(`<ListBucketResult>${page}</ListBucketResult>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const entry = (key: string): string => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`;

describe('listS3Objects', () => {
  it('asks for page after page', async () => {
    expect(await listWith()).toEqual(KEYS);
  });

  it('is whole where the storage leaves out the end of a page', async () => {
    let calls = 0;
    const skips = () =>
      calls++ === 1 ? ({ kind: 'list-page', page: 'skips-last' } as const) : undefined;
    expect(await listWith(skips)).toEqual(KEYS);
    expect(calls).toBeGreaterThan(3);
  });

  it('is whole where the storage forgets how far the listing was', async () => {
    expect(await listWith(() => ({ kind: 'list-page', page: 'starts-over' }))).toEqual(KEYS);
  });

  it('fails where the storage does not answer in the middle of it', async () => {
    let calls = 0;
    const stops = () => (calls++ === 1 ? ({ kind: 'status', status: 503 } as const) : undefined);
    await expect(listWith(stops)).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
    await expect(listWith(() => ({ kind: 'hang' }))).rejects.toMatchObject({
      code: 'STORAGE_UNREACHABLE',
    });
  });

  it.each([
    ['gives the same page for ever', `${entry('many/1')}${entry('many/2')}`, 'many/1 after many/2'],
    ['gives keys out of order', `${entry('many/2')}${entry('many/1')}`, 'out of order'],
    ['says that more follows, and gives nothing', '<IsTruncated>true</IsTruncated>', 'gives none'],
    ['holds less than it says', `<KeyCount>2</KeyCount>${entry('many/1')}`, '2 keys, and holds 1'],
    ['gives keys of other prefixes', entry('other/1'), 'without its key or size'],
    [
      'gives keys without a size',
      '<Contents><Key>many/1</Key></Contents>',
      'without its key or size',
    ],
  ])('says that the storage %s', async (_, page, message) => {
    await withPage(page, async (endpoint) => {
      const storage = openStorage({ kind: 's3', bucket: 'lake', prefix: '', endpoint }, IMPATIENT);
      await expect(storage.list('many/')).rejects.toMatchObject({
        code: 'STORAGE_REFUSED',
        message: expect.stringContaining(message) as string,
      });
      storage.close();
    });
  });
});
