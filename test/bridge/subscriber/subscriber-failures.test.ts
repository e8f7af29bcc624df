import { describe, expect, it, onTestFinished } from 'vitest';

import type { Notice } from '../../../bridge/notice.ts';
import { open, startScripted } from './open-subscriber.ts';
import { ScriptedBroker } from './scripted-broker.ts';
import { Sayings, Taker } from './takers.ts';

describe('a subscriber that cannot connect', () => {
  it('names a broker that is not there, without its credentials, and goes on', async () => {
    const broker = await startScripted();
    const { url } = broker;
    await broker.close();
    const { host } = new URL(url);
    const notices = new Sayings<Notice>();
    const subscriber = await open(url, { onNotice: notices.add });
    const text = `No MQTT broker can be reached at ${host} (ECONNREFUSED). Start it, or correct host and port.`;
    await expect(subscriber.established(2_000)).rejects.toMatchObject({
      name: 'BridgeError',
      code: 'BROKER_UNREACHABLE',
      message: text,
      cause: { code: 'ECONNREFUSED' },
    });
    expect(notices.said).toEqual([
      { level: 'warn', part: 'broker', text: `${text} Trying again.` },
    ]);
    expect(subscriber.health).toMatchObject({ state: 'away', connections: 0 });
  });

  it('is served by a broker that comes later', async () => {
    const broker = await startScripted();
    const { url } = broker;
    const { port } = new URL(url);
    await broker.close();
    const failures = new Sayings<number>();
    const states = new Sayings<boolean>();
    const retryPauseMs = (failed: number): number => {
      failures.add(failed);
      return 5;
    };
    const subscriber = await open(url, { onStateChange: states.add, retryPauseMs });
    expect(await failures.until(3)).toEqual([1, 2, 3]);
    const later = await new ScriptedBroker().start(Number(port));
    onTestFinished(() => later.close());
    expect(await states.until(1)).toEqual([true]);
    expect(subscriber.health).toMatchObject({ state: 'up', connections: 1 });
    await subscriber.established(0);
  });

  it('gives up an attempt at which the broker says nothing, and makes another', async () => {
    const broker = await startScripted({ connack: 'silent' });
    const subscriber = await open(broker.url, { connectTimeoutMs: 50 });
    await expect(subscriber.established(2_000)).rejects.toMatchObject({
      code: 'BROKER_UNREACHABLE',
      message: expect.stringContaining('(no answer)') as string,
    });
    await broker.until(() => broker.connections === 2);
  });

  it('waits no longer than it is told for a broker that says nothing', async () => {
    const broker = await startScripted({ connack: 'silent' });
    const subscriber = await open(broker.url);
    await expect(subscriber.established(30)).rejects.toMatchObject({
      code: 'BROKER_UNREACHABLE',
    });
  });

  it.each([
    [1, 'it does not speak MQTT 3.1.1'],
    [2, 'it does not take the client id'],
    [4, 'wrong user name or password'],
    [5, 'not authorized'],
  ])(
    'says why the broker refused with code %s, asks rarely, and not in vain',
    async (connack, reason) => {
      const broker = await startScripted({ connack });
      const failures = new Sayings<number>();
      const states = new Sayings<boolean>();
      const retryPauseMs = (failed: number): number => {
        failures.add(failed);
        return 5;
      };
      const subscriber = await open(broker.url, { onStateChange: states.add, retryPauseMs });
      await expect(subscriber.established(2_000)).rejects.toMatchObject({
        code: 'BROKER_REFUSED',
        message: expect.stringContaining(`(${reason})`) as string,
      });
      expect(subscriber.health.state).toBe('refused');
      // The seventh pause is half a minute at most.
      expect(failures.said[0]).toBe(7);
      broker.script = {};
      expect(await states.until(1)).toEqual([true]);
    },
  );

  it('takes "server unavailable" for a broker that is away', async () => {
    const broker = await startScripted({ connack: 3 });
    const subscriber = await open(broker.url);
    await expect(subscriber.established(2_000)).rejects.toMatchObject({
      code: 'BROKER_UNREACHABLE',
      message: expect.stringContaining('(not available yet)') as string,
    });
  });

  it.each([
    ['refuses the subscription', 0x80],
    ['grants less than QoS 1', 0],
  ])('says that the broker %s', async (_, suback) => {
    const broker = await startScripted({ suback });
    const subscriber = await open(broker.url);
    await expect(subscriber.established(2_000)).rejects.toMatchObject({
      code: 'BROKER_REFUSED',
      message: expect.stringContaining('it grants no QoS 1 for a/+') as string,
    });
  });

  it('says the same thing once, however often it fails', async () => {
    const broker = await startScripted({ connack: 5 });
    const notices = new Sayings<Notice>();
    await open(broker.url, { onNotice: notices.add });
    await broker.until(() => broker.connections === 5);
    broker.script = { connack: 4 };
    await notices.until(2);
    const texts = notices.said.map(({ text: said }) => said);
    expect(texts[0]).toContain('not authorized');
    expect(texts[1]).toContain('wrong user name');
    expect(texts.join(' ')).not.toMatch(/secret|user@/);
  });

  it.each(['127.0.0.1:1883', 'http://127.0.0.1:1883', 'mqtt://', 'nonsense', 'ws://b:9001'])(
    'says at once how to write the address instead of %s',
    async (url) => {
      await expect(open(url)).rejects.toMatchObject({
        code: 'BROKER_UNREACHABLE',
        message: expect.stringContaining('mqtt://127.0.0.1:1883') as string,
      });
    },
  );

  it('says at once that a file for TLS cannot be read', async () => {
    await expect(open('mqtts://b', { tls: { ca: '/nowhere/ca.pem' } })).rejects.toMatchObject({
      code: 'TLS_FILE',
      message: expect.stringContaining('/nowhere/ca.pem') as string,
    });
  });

  it('ends a subscriber that was never served', async () => {
    const broker = await startScripted({ connack: 'silent' });
    const taker = new Taker();
    const subscriber = await open(broker.url, { take: taker.take });
    const failed = subscriber.established(10_000).catch((failure: unknown) => failure);
    await broker.until(() => broker.connections === 1);
    await subscriber.close();
    expect(await failed).toMatchObject({ code: 'BROKER_UNREACHABLE' });
    await broker.until(() => broker.open === 0);
  });
});
