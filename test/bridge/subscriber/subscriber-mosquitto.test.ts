/** What a real broker refuses, and what a subscriber says then. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { connectSubscriber } from '../../../bridge/subscriber/subscriber.ts';
import type { Subscriber, SubscriberOptions } from '../../../bridge/subscriber/subscription.ts';
import { LACKS_MOSQUITTO, Mosquitto, NEEDS_MOSQUITTO } from '../../mosquitto.ts';
import type { MosquittoOptions } from '../../mosquitto.ts';
import type { TlsFiles } from '../../tls-files.ts';
import { Room } from './takers.ts';

async function start(options?: MosquittoOptions): Promise<Mosquitto> {
  const mosquitto = await Mosquitto.start(options);
  onTestFinished(() => mosquitto.close());
  return mosquitto;
}

async function open(
  { url }: Pick<Mosquitto, 'url'>,
  options: Partial<SubscriberOptions> = {},
): Promise<Subscriber> {
  const subscriber = await connectSubscriber({
    url,
    clientId: 'bridge',
    filters: ['a/+'],
    take: (_, onDurable) => onDurable(),
    store: new Room(),
    ...options,
  });
  onTestFinished(() => subscriber.close());
  return subscriber;
}

function refusal(text: string): object {
  return { code: 'BROKER_REFUSED', message: expect.stringContaining(text) as string };
}

describe.skipIf(LACKS_MOSQUITTO)(`Mosquitto ${NEEDS_MOSQUITTO}`, () => {
  it('demands a password', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stedi-users-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const users = join(folder, 'users');
    const made = spawnSync('mosquitto_passwd', ['-b', '-c', users, 'bridge', 'right'], {
      stdio: 'ignore',
    });
    expect(made.status).toBe(0);
    const broker = await start({ config: [`password_file ${users}`, 'allow_anonymous false'] });
    const wrong = await open(broker, { credentials: { user: 'bridge', password: 'wrong' } });
    await expect(wrong.established(5_000)).rejects.toMatchObject(refusal('not authorized'));
    const right = await open(broker, { credentials: { user: 'bridge', password: 'right' } });
    await right.established(5_000);
    const { port } = broker;
    const inUrl = await open({ url: `mqtt://bridge:right@127.0.0.1:${port}` }, { clientId: 'b2' });
    await inUrl.established(5_000);
  });

  it('is not trusted without its authority, and does not trust a bridge without a certificate', async () => {
    const broker = await start({ tls: 'mutual' });
    const tls = broker.tls as TlsFiles;
    const stranger = await open(broker);
    await expect(stranger.established(5_000)).rejects.toMatchObject(
      refusal('the certificate of its authority'),
    );
    const anonymous = await open(broker, { tls: { ca: tls.ca } });
    await expect(anonymous.established(5_000)).rejects.toMatchObject(
      refusal('It wants a certificate of the bridge'),
    );
    const known = { ca: tls.ca, cert: tls.clientCert, key: tls.clientKey };
    const misled = await open(broker, { tls: { ...known, servername: 'elsewhere.example' } });
    await expect(misled.established(5_000)).rejects.toMatchObject(refusal('ALTNAME'));
    await (await open(broker, { tls: known })).established(5_000);
    const plain = await open({ url: `mqtt://127.0.0.1:${broker.port}` });
    await expect(plain.established(5_000)).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
  });

  it('is told to speak MQTT without TLS', async () => {
    const broker = await start();
    const subscriber = await open({ url: `mqtts://127.0.0.1:${broker.port}` });
    // Mosquitto takes the TLS greeting for a malformed packet and hangs up.
    await expect(subscriber.established(5_000)).rejects.toMatchObject({
      code: 'BROKER_UNREACHABLE',
    });
  });
});
