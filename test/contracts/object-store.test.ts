import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startObjectStore } from '../../simulator/object-store/index.ts';
import { VERSITYGW_LACKS } from './object-store-lacking.ts';
import { describeObjectStore } from './object-store.ts';

const CREDENTIALS = { accessKeyId: 'contract', secretAccessKey: 'contract-secret' };

describeObjectStore({ name: 'the simulated object store', lacking: {}, runs: true }, async () => {
  const root = await mkdtemp(join(tmpdir(), 'stedi-contract-'));
  const store = await startObjectStore({ root, credentials: CREDENTIALS });
  const close = async (): Promise<void> => {
    await store.close();
    await rm(root, { recursive: true });
  };
  return { url: store.url, region: 'us-east-1', credentials: CREDENTIALS, close };
});

const url = process.env['STEDI_TEST_S3_URL'] ?? '';
const accessKeyId = process.env['STEDI_TEST_S3_ACCESS_KEY_ID'] ?? '';
const secretAccessKey = process.env['STEDI_TEST_S3_SECRET_ACCESS_KEY'] ?? '';
const region = process.env['STEDI_TEST_S3_REGION'] ?? 'us-east-1';
const ADVICE = 'start one with .ci/install-object-store, which sets STEDI_TEST_S3_URL';

describeObjectStore(
  {
    name: url === '' ? `an independent object store: ${ADVICE}` : 'an independent object store',
    lacking: VERSITYGW_LACKS,
    runs: url !== '',
  },
  async () => ({ url, region, credentials: { accessKeyId, secretAccessKey } }),
);

it.runIf(process.env['CI'] !== undefined)(`CI has an independent object store: ${ADVICE}`, () => {
  expect(url).not.toBe('');
});
