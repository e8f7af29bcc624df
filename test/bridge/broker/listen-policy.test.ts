import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decideAddress, isLoopback, readTls } from '../../../bridge/broker/listen-policy.ts';
import { temporaryFolder } from './users-stage.ts';

const TLS = { certFile: 'cert.pem', keyFile: 'key.pem' };
const OPEN = { listen: { host: '0.0.0.0', port: 0 } };
const HERE = { listen: { host: 'localhost', port: 0 } };

describe('where a broker listens', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
    ['128.0.0.1', false],
  ])('%s: only this machine can reach it: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });

  it.each([
    ['without anything', {}],
    ['with TLS alone', { tls: TLS }],
    ['with users whose passwords can be read on the way', { usersFile: 'users' }],
  ])('is not the network %s', async (_, options) => {
    await expect(decideAddress({ ...OPEN, ...options })).rejects.toMatchObject({
      code: 'LISTEN_INSECURE',
    });
    expect(await decideAddress({ ...OPEN, ...options, allowInsecure: true })).toBe('0.0.0.0');
    expect(isLoopback(await decideAddress({ ...HERE, ...options }))).toBe(true);
  });

  it.each([
    ['users', { tls: TLS, usersFile: 'users' }],
    ['client certificates', { tls: TLS, clientCaFile: 'ca.pem' }],
  ])('may be the network with TLS and %s', async (_, options) => {
    expect(await decideAddress({ ...OPEN, ...options })).toBe('0.0.0.0');
  });

  it('cannot be where there are client certificates and no TLS', async () => {
    await expect(decideAddress({ ...HERE, clientCaFile: 'ca.pem' })).rejects.toMatchObject({
      code: 'TLS_FILE',
    });
  });

  it('is an address', async () => {
    const listen = { host: 'no such host', port: 0 };
    await expect(decideAddress({ listen })).rejects.toMatchObject({ code: 'LISTEN_FAILED' });
  });
});

describe('the files of TLS', () => {
  it('are not asked for without TLS', async () => {
    expect(await readTls({})).toBeUndefined();
  });

  it('are named when they cannot be read', async () => {
    await expect(readTls({ tls: TLS })).rejects.toMatchObject({
      code: 'TLS_FILE',
      message: expect.stringMatching(/^(cert|key)\.pem cannot be read \(ENOENT\)/) as string,
    });
  });

  it('are named when they are something else', async () => {
    const path = join(await temporaryFolder(), 'other.pem');
    await writeFile(path, 'a shopping list');
    const tls = { certFile: path, keyFile: path };
    await expect(readTls({ tls })).rejects.toMatchObject({
      code: 'TLS_FILE',
      message: expect.stringContaining(`TLS cannot begin with ${path}`) as string,
    });
  });
});
