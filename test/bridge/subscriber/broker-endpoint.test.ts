import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { brokerEndpoint, readTlsMaterial } from '../../../bridge/subscriber/broker-endpoint.ts';
import { LACKS_OPENSSL, makeTlsFiles, NEEDS_OPENSSL } from '../../tls-files.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'stedi-tls-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

it.each([
  ['mqtt://b', { host: 'b', port: 1883, address: 'b' }],
  ['tcp://b:1', { host: 'b', port: 1, address: 'b:1' }],
  ['mqtts://b', { host: 'b', port: 8883, address: 'b' }],
  ['ssl://b', { host: 'b', port: 8883 }],
  ['tls://[::1]:9', { host: '::1', port: 9, address: '[::1]:9' }],
])('%s leads to %j', (url, endpoint) => {
  expect(brokerEndpoint(url)).toMatchObject(endpoint);
});

it('speaks TLS where the URL says so, and only there', () => {
  const tls = { ca: 'ca.pem' };
  expect(brokerEndpoint('mqtt://b', { tls }).tls).toBeUndefined();
  expect(brokerEndpoint('mqtts://b', { tls }).tls).toBe(tls);
  expect(brokerEndpoint('mqtts://b').tls).toEqual({});
});

it.each([
  ['mqtt://b', undefined],
  ['mqtt://me@b', { user: 'me', password: undefined }],
  ['mqtt://me:p%40ss@b', { user: 'me', password: 'p@ss' }],
  ['mqtt://me:50%@b', { user: 'me', password: '50%' }],
])('the credentials of %s are %j', (url, credentials) => {
  expect(brokerEndpoint(url).credentials).toEqual(credentials);
});

it('prefers credentials that are given beside the URL, and shows none', () => {
  const credentials = { user: 'you', password: 'other' };
  const endpoint = brokerEndpoint('mqtt://me:secret@b:1', { credentials });
  expect(endpoint.credentials).toBe(credentials);
  expect(endpoint.address).toBe('b:1');
});

it.skipIf(LACKS_OPENSSL)(
  `makes what a TLS connection needs from its files ${NEEDS_OPENSSL}`,
  async () => {
    const files = await makeTlsFiles(await folder());
    const tls = { ca: files.ca, cert: files.clientCert, key: files.clientKey };
    await expect(readTlsMaterial(brokerEndpoint('mqtts://b', { tls }))).resolves.toMatchObject({
      servername: 'b',
    });
    const named = { ...tls, servername: 'broker.example' };
    await expect(
      readTlsMaterial(brokerEndpoint('mqtts://127.0.0.1', { tls: named })),
    ).resolves.toMatchObject({ servername: 'broker.example' });
    await expect(
      readTlsMaterial(brokerEndpoint('mqtts://127.0.0.1', { tls })),
    ).resolves.toMatchObject({ servername: '' });
  },
);

it('says which files are of no use', async () => {
  const path = join(await folder(), 'key.pem');
  await writeFile(path, 'no key');
  await expect(
    readTlsMaterial(brokerEndpoint('mqtts://b', { tls: { key: path } })),
  ).rejects.toMatchObject({
    code: 'TLS_FILE',
    message: expect.stringContaining(path) as string,
  });
});
