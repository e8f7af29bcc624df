import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { codeOf, sendSigned } from './signed-request.ts';
import { runClient, type RunningClient } from './running-client.ts';
import { BUCKET } from './running-store.ts';

async function put({ s3 }: RunningClient, ...keys: string[]): Promise<void> {
  for (const Key of keys) {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }));
  }
}

describe('ListObjectsV2', () => {
  it('tells owner and kind of checksum', async () => {
    const running = await runClient();
    await put(running, 'key');
    const query = { Bucket: BUCKET, FetchOwner: true };
    const page = await running.s3.send(new ListObjectsV2Command(query));
    expect(page.Contents).toMatchObject([
      { Owner: { ID: 'stedi' }, ChecksumAlgorithm: ['CRC32'], ChecksumType: 'FULL_OBJECT' },
    ]);
  });

  it('repeats what it was asked', async () => {
    const running = await runClient();
    await put(running, 'p/a', 'p/b', 'p/c');
    const asked = { Prefix: 'p/', Delimiter: '/', StartAfter: 'p/0', MaxKeys: 1 };
    const first = await running.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, ...asked }));
    expect(first).toMatchObject({ ...asked, KeyCount: 1, IsTruncated: true });
    const ContinuationToken = first.NextContinuationToken;
    const second = await running.s3.send(
      new ListObjectsV2Command({ Bucket: BUCKET, ...asked, ContinuationToken }),
    );
    expect(second).toMatchObject({ ContinuationToken, Contents: [{ Key: 'p/b' }] });
  });

  it.each([
    [{ 'list-type': '1' }, 'InvalidArgument'],
    [{ 'list-type': '2', 'max-keys': '-1' }, 'InvalidArgument'],
    [{ 'list-type': '2', 'encoding-type': 'base64' }, 'InvalidArgument'],
    [{ 'list-type': '2', 'continuation-token': '' }, 'InvalidArgument'],
    [{ 'list-type': '2', marker: 'a' }, 'NotImplemented'],
  ])('refuses %j', async (query, code) => {
    const { endpoint } = await runClient();
    const response = await sendSigned(endpoint, { method: 'GET', path: `/${BUCKET}`, query });
    expect(codeOf(response)).toBe(code);
  });

  it('can carry keys that XML cannot, percent-encoded', async () => {
    const { endpoint } = await runClient();
    await sendSigned(endpoint, { method: 'PUT', path: `/${BUCKET}/a%00%01b`, body: 'x' });
    const query = { 'list-type': '2', 'encoding-type': 'url' };
    const list = await sendSigned(endpoint, { method: 'GET', path: `/${BUCKET}`, query });
    expect(list.body).toContain('<Key>a%00%01b</Key>');
  });
});
