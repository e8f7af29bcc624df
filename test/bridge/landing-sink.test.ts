import { expect, it, onTestFinished, vi } from 'vitest';
import { openSink } from '../../bridge/landing-sink.ts';
import { runStore } from '../simulator/object-store/running-store.ts';

it('asks a bucket once for each attempt: whoever lands tries again', async () => {
  const asked: string[] = [];
  const { endpoint } = await runStore({
    buckets: ['lake'],
    fault: ({ operation }) => {
      asked.push(operation);
      return { kind: 'status', status: 503 };
    },
  });
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('AWS_ACCESS_KEY_ID', endpoint.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', endpoint.credentials.secretAccessKey);
  const storage = openSink({ kind: 'bucket', bucket: 'lake', endpoint: endpoint.url });
  onTestFinished(() => storage.close());
  const object = { key: 'a/b.json', body: '{}\n', metadata: {} };
  const failure = { code: 'STORAGE_REFUSED' };
  await expect(storage.sink.put(object)).rejects.toMatchObject(failure);
  await expect(storage.ask()).rejects.toMatchObject(failure);
  expect(asked).toEqual(['PutObject', 'HeadBucket']);
});

it('asks a folder whether it can be written', async () => {
  const storage = openSink({ kind: 'folder', path: '/dev/null' });
  onTestFinished(() => storage.close());
  await expect(storage.ask()).rejects.toMatchObject({ code: 'STORAGE_REFUSED' });
});
