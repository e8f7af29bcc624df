import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LACKS_OPENSSL, makeClientFiles, makeTlsFiles, NEEDS_OPENSSL } from '../../tls-files.ts';
import type { TlsFiles } from '../../tls-files.ts';
import { BrokerStage } from './broker-stage.ts';
import { RawPhone } from './raw-phone.ts';
import { PASSWORD, usersFile } from './users-stage.ts';

describe.skipIf(LACKS_OPENSSL)(`TLS ${NEEDS_OPENSSL}`, () => {
  let folder: string;
  let files: TlsFiles;
  let ca: Buffer;
  let own: ConnectionOptions;
  let longer: ConnectionOptions;
  let foreign: ConnectionOptions;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stedi-broker-tls-'));
    files = await makeTlsFiles(folder, 'ann');
    ca = await readFile(files.ca);
    const certificate = async (cert: string, key: string): Promise<ConnectionOptions> => ({
      ca,
      cert: await readFile(cert),
      key: await readFile(key),
    });
    own = await certificate(files.clientCert, files.clientKey);
    const { clientCert, clientKey } = await makeClientFiles(folder, 'ann-lee');
    longer = await certificate(clientCert, clientKey);
    const otherFolder = await mkdtemp(join(folder, 'other-'));
    const other = await makeTlsFiles(otherFolder, 'ann');
    foreign = await certificate(other.clientCert, other.clientKey);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const tls = (): { certFile: string; keyFile: string } => ({
    certFile: files.serverCert,
    keyFile: files.serverKey,
  });

  it('carries messages and their acknowledgements', async () => {
    const stage = await BrokerStage.start({ tls: tls() });
    expect(stage.broker.url).toMatch(/^mqtts:\/\/127\.0\.0\.1:\d+$/);
    const phone = await RawPhone.connect(stage.port, { tls: { ca } });
    for (let id = 1; id <= 300; id++) phone.publish('x'.repeat(1_000), { id });
    for (let id = 1; id <= 300; id++) {
      expect(await phone.next('puback')).toMatchObject({ messageId: id });
    }
  });

  it('is not spoken with a client that speaks plain MQTT', async () => {
    const stage = await BrokerStage.start({ tls: tls() });
    const phone = await RawPhone.connect(stage.port);
    expect(phone.returnCode).toBeUndefined();
    await stage.until(({ refusals }) => refusals.length === 1);
    expect(stage.refusals).toEqual(['tls-handshake']);
  });

  it('proves who a client is by its certificate', async () => {
    const stage = await BrokerStage.start({ tls: tls(), clientCaFile: files.ca });
    const phone = await RawPhone.connect(stage.port, { clientId: 'ann-1', tls: own });
    expect(phone.returnCode).toBe(0);
    phone.publish('mine');
    expect(await phone.next('puback')).toBeDefined();
    const other = await RawPhone.connect(stage.port, { clientId: 'bob-1', tls: own });
    expect(other.returnCode).toBe(5);
    expect(stage.refusals).toEqual(['foreign-client-id']);
  });

  it('keeps a connection from a user whose name begins in the same way', async () => {
    const stage = await BrokerStage.start({ tls: tls(), clientCaFile: files.ca });
    const clientId = 'ann-lee-1';
    const phone = await RawPhone.connect(stage.port, { clientId, tls: longer });
    // The id bears this name as well, and no list of names says whose it is.
    const other = await RawPhone.connect(stage.port, { clientId, tls: own });
    expect([phone.returnCode, other.returnCode]).toEqual([0, 5]);
    phone.publish('still here');
    expect(await phone.next('puback')).toBeDefined();
    expect(stage.refusals).toEqual(['foreign-client-id']);
    const again = await RawPhone.connect(stage.port, { clientId, tls: longer });
    expect(again.returnCode).toBe(0);
  });

  it('turns away a client without a certificate, or with one of another authority', async () => {
    const stage = await BrokerStage.start({ tls: tls(), clientCaFile: files.ca });
    for (const options of [{ ca }, { ...foreign, ca }]) {
      const phone = await RawPhone.connect(stage.port, { clientId: 'ann-1', tls: options });
      expect(phone.returnCode).toBeUndefined();
    }
    await stage.until(({ refusals }) => refusals.length === 2);
    expect(stage.refusals).toEqual(['tls-handshake', 'tls-handshake']);
    expect(stage.connected).toBe(0);
  });

  it('asks for certificate and password where there are both', async () => {
    const stage = await BrokerStage.start({
      tls: tls(),
      clientCaFile: files.ca,
      usersFile: await usersFile('ann'),
    });
    const alone = await RawPhone.connect(stage.port, { clientId: 'ann', tls: own });
    expect(alone.returnCode).toBe(4);
    const credentials = { username: 'ann', password: Buffer.from(PASSWORD) };
    const both = await RawPhone.connect(stage.port, { clientId: 'ann', tls: own, ...credentials });
    expect(both.returnCode).toBe(0);
  });
});
