import { once } from 'node:events';
import { connect as connectTcp, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';

import { startBroker } from '../../../simulator/live/broker.ts';
import type { Broker } from '../../../simulator/live/broker.ts';

async function start(options?: Parameters<typeof startBroker>[0]): Promise<Broker> {
  const broker = await startBroker(options);
  onTestFinished(() => broker.close());
  return broker;
}

async function connect(broker: Broker, clientId: string): Promise<MqttClient> {
  const client = await connectAsync(broker.url, { clientId, reconnectPeriod: 0 });
  onTestFinished(async () => {
    await client.endAsync(true);
  });
  return client;
}

function nextMessage(client: MqttClient): Promise<string> {
  return new Promise((resolve) => {
    client.once('message', (topic, payload, { retain }) =>
      resolve(`${topic} ${payload.toString()}${retain ? ' (retained)' : ''}`),
    );
  });
}

function closed(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('close', resolve));
}

describe('the broker', () => {
  it('listens on a free port of this machine unless told otherwise', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.port).not.toBe(two.port);
    expect(one.url).toBe(`mqtt://127.0.0.1:${one.port}`);
  });

  it('writes an IPv6 host the way URLs want it', async () => {
    const broker = await start({ host: '::1' });
    expect(broker.url).toBe(`mqtt://[::1]:${broker.port}`);
    await expect(connect(broker, 'six')).resolves.toBeDefined();
  });

  it('names a port that is in use, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(startBroker({ port })).rejects.toMatchObject({
      name: 'SimulatorError',
      code: 'PORT_BUSY',
      message: expect.stringMatching(new RegExp(`Port ${port} .* port 0 for a free one`)) as string,
    });
    other.close();
  });

  it('names a host that is not this machine', async () => {
    await expect(startBroker({ host: '203.0.113.1' })).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
      message: expect.stringContaining('203.0.113.1') as string,
    });
  });

  it('delivers to subscribers', async () => {
    const broker = await start();
    const client = await connect(broker, 'one');
    await client.subscribeAsync('a/+', { qos: 1 });
    const message = nextMessage(client);
    await client.publishAsync('a/b', 'hello', { qos: 1 });
    expect(await message).toBe('a/b hello');
  });

  it('cuts every connection when it goes down, also one that never said what it wants', async () => {
    const broker = await start();
    const client = await connect(broker, 'one');
    const silent = connectTcp(broker.port, '127.0.0.1');
    await once(silent, 'connect');
    const cut = Promise.all([closed(client), once(silent, 'close')]);
    await broker.down();
    await cut;
    await expect(connect(broker, 'two')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('comes back on the same port with its retained messages', async () => {
    const broker = await start();
    const before = await connect(broker, 'one');
    await before.publishAsync('a/status', 'on', { qos: 1, retain: true });
    const { url } = broker;
    await broker.down();
    await broker.down();
    await broker.up();
    await broker.up();
    expect(broker.url).toBe(url);
    const after = await connect(broker, 'two');
    const message = nextMessage(after);
    await after.subscribeAsync('a/#', { qos: 1 });
    expect(await message).toBe('a/status on (retained)');
  });

  it('is gone after it was closed, however often', async () => {
    const broker = await start();
    const client = await connect(broker, 'one');
    const cut = closed(client);
    await broker.close();
    await cut;
    await broker.close();
    await expect(connect(broker, 'two')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
