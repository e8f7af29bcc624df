import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';

import { connectSubscriber } from '../../../bridge/adapters/mqtt-subscriber.ts';
import type { Subscriber, SubscriberOptions } from '../../../bridge/adapters/mqtt-subscriber.ts';
import { startBroker } from '../../../simulator/live/broker.ts';
import type { Broker } from '../../../simulator/live/broker.ts';
import { ScriptedBroker } from './scripted-broker.ts';
import type { Script } from './scripted-broker.ts';

async function start(): Promise<Broker> {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  return broker;
}

async function startScripted(script?: Script): Promise<ScriptedBroker> {
  const broker = await new ScriptedBroker(script).start();
  onTestFinished(() => broker.close());
  return broker;
}

async function subscribe(
  url: string,
  options: Partial<SubscriberOptions> = {},
): Promise<Subscriber> {
  const subscriber = await connectSubscriber({
    url,
    clientId: 'bridge',
    filters: ['a/+'],
    onMessage: () => undefined,
    connectTimeoutMs: 2_000,
    ...options,
  });
  onTestFinished(() => subscriber.close());
  return subscriber;
}

async function publish(url: string, ...payloads: readonly string[]): Promise<void> {
  const client = await connectAsync(url, { reconnectPeriod: 0 });
  for (const payload of payloads) await client.publishAsync('a/b', payload, { qos: 1 });
  await client.endAsync();
}

/** Records messages; `until` resolves when there are that many. `hold` makes it take none further before `release`. */
class Taker {
  readonly taken: string[] = [];
  #onTaken: () => void = () => undefined;
  #held: Promise<void> = Promise.resolve();
  release: () => void = () => undefined;

  hold(): void {
    this.#held = new Promise((resolve) => (this.release = resolve));
  }

  readonly onMessage = async (topic: string, payload: Uint8Array): Promise<void> => {
    this.taken.push(`${topic} ${Buffer.from(payload).toString()}`);
    this.#onTaken();
    await this.#held;
  };

  async until(messages: number): Promise<readonly string[]> {
    while (this.taken.length < messages) {
      await new Promise<void>((resolve) => (this.#onTaken = resolve));
    }
    return this.taken;
  }
}

/** Records states; resolves with them when there are that many. */
class States {
  readonly seen: boolean[] = [];
  #onSeen: () => void = () => undefined;

  readonly onStateChange = (isUp: boolean): void => {
    this.seen.push(isUp);
    this.#onSeen();
  };

  async until(states: number): Promise<readonly boolean[]> {
    while (this.seen.length < states) {
      await new Promise<void>((resolve) => (this.#onSeen = resolve));
    }
    return this.seen;
  }
}

describe('a subscriber', () => {
  it('takes messages in order, one at a time', async () => {
    const broker = await start();
    const taker = new Taker();
    await subscribe(broker.url, { onMessage: taker.onMessage });
    taker.hold();
    await publish(broker.url, '1', '2', '3');
    expect(await taker.until(1)).toEqual(['a/b 1']);
    taker.release();
    expect(await taker.until(3)).toEqual(['a/b 1', 'a/b 2', 'a/b 3']);
  });

  it('acknowledges a message only when it was taken', async () => {
    const broker = await startScripted();
    const taker = new Taker();
    await subscribe(broker.url, { onMessage: taker.onMessage });
    taker.hold();
    broker.publish(7, 'a/b', 'first');
    await taker.until(1);
    expect(broker.acknowledgedIds).toEqual([]);
    taker.release();
    await broker.until(() => broker.acknowledgedIds.length > 0);
    expect(broker.acknowledgedIds).toEqual([7]);
  });

  it('never acknowledges on a new connection what came on the old one', async () => {
    const broker = await startScripted({ sessionPresent: true });
    const taker = new Taker();
    const states = new States();
    await subscribe(broker.url, {
      onMessage: taker.onMessage,
      onStateChange: states.onStateChange,
    });
    taker.hold();
    broker.publish(7, 'a/b', 'old');
    await taker.until(1);
    broker.cut();
    expect(await states.until(3)).toEqual([true, false, true]);
    taker.release();
    broker.publish(8, 'a/b', 'new');
    await broker.until(() => broker.acknowledgedIds.length > 0);
    expect(broker.acknowledgedIds).toEqual([8]);
  });

  it('gets a message again that it could not take', async () => {
    const broker = await start();
    const taken: string[] = [];
    const twice = new Promise<void>((resolve) => {
      const onMessage = async (_: string, payload: Uint8Array): Promise<void> => {
        taken.push(Buffer.from(payload).toString());
        if (taken.length === 1) throw new RangeError('no room');
        resolve();
      };
      void subscribe(broker.url, { onMessage }).then(() => publish(broker.url, 'precious'));
    });
    await twice;
    expect(taken).toEqual(['precious', 'precious']);
  });

  it('serves again after the broker was away, with what came in between', async () => {
    const broker = await start();
    const taker = new Taker();
    const states = new States();
    await subscribe(broker.url, {
      onMessage: taker.onMessage,
      onStateChange: states.onStateChange,
    });
    await broker.down();
    expect(await states.until(2)).toEqual([true, false]);
    await broker.up();
    await publish(broker.url, 'meanwhile');
    expect(await taker.until(1)).toEqual(['a/b meanwhile']);
    expect(await states.until(3)).toEqual([true, false, true]);
  });

  it('subscribes again at a broker that forgot it', async () => {
    const broker = await startScripted({ sessionPresent: false });
    await subscribe(broker.url);
    broker.cut();
    await broker.until(() => broker.subscribes === 2);
    expect(broker.connections).toBe(2);
  });

  it('leaves a session behind that keeps messages for the next run', async () => {
    const broker = await start();
    const first = await subscribe(broker.url);
    await first.close();
    await publish(broker.url, 'kept');
    const taker = new Taker();
    await subscribe(broker.url, { onMessage: taker.onMessage });
    expect(await taker.until(1)).toEqual(['a/b kept']);
  });

  it('lets the message at hand finish when it closes, and takes no other', async () => {
    const broker = await startScripted();
    const taker = new Taker();
    const states = new States();
    const subscriber = await subscribe(broker.url, {
      onMessage: taker.onMessage,
      onStateChange: states.onStateChange,
    });
    taker.hold();
    broker.publish(7, 'a/b', 'at hand');
    broker.publish(8, 'a/b', 'next');
    await taker.until(1);
    const closing = Promise.all([subscriber.close(), subscriber.close()]);
    taker.release();
    await closing;
    await broker.until(() => broker.acknowledgedIds.length > 0);
    expect(broker.acknowledgedIds).toEqual([7]);
    expect(taker.taken).toEqual(['a/b at hand']);
    expect(states.seen).toEqual([true]);
  });
});

describe('a subscriber that cannot connect', () => {
  it('names a broker that is not there, without its credentials', async () => {
    const broker = await startScripted();
    const { url } = broker;
    await broker.close();
    const { host } = new URL(url);
    await expect(subscribe(url)).rejects.toMatchObject({
      name: 'BridgeError',
      code: 'BROKER_UNREACHABLE',
      message: `No MQTT broker can be reached at ${host} (ECONNREFUSED). Start it, or correct host and port.`,
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('gives up on a broker that says nothing', async () => {
    const broker = await startScripted({ connack: 'silent' });
    await expect(subscribe(broker.url, { connectTimeoutMs: 100 })).rejects.toMatchObject({
      code: 'BROKER_UNREACHABLE',
      message: expect.stringContaining('(no answer)') as string,
    });
  });

  it('says that the broker refused the connection, and why', async () => {
    const broker = await startScripted({ connack: 5 });
    await expect(subscribe(broker.url)).rejects.toMatchObject({
      code: 'BROKER_REFUSED',
      message: expect.stringContaining('(Connection refused: Not authorized)') as string,
    });
  });

  it.each([
    ['refuses the subscription', 0x80, 'a/+: Subscribe error'],
    ['grants less than QoS 1', 0, 'a/+: it grants no QoS 1'],
  ])('says that the broker %s', async (_, suback, reason) => {
    const broker = await startScripted({ suback });
    await expect(subscribe(broker.url)).rejects.toMatchObject({
      code: 'BROKER_REFUSED',
      message: expect.stringContaining(reason) as string,
    });
  });

  it('says that a filter is none', async () => {
    const broker = await startScripted();
    await expect(subscribe(broker.url, { filters: ['a/#/b'] })).rejects.toMatchObject({
      code: 'BROKER_REFUSED',
      message: expect.stringContaining('a/#/b') as string,
    });
  });

  it.each(['127.0.0.1:1883', 'http://127.0.0.1:1883', 'mqtt://', 'nonsense'])(
    'says how to write the address instead of %s',
    async (url) => {
      await expect(subscribe(url)).rejects.toMatchObject({
        code: 'BROKER_UNREACHABLE',
        message: expect.stringContaining('mqtt://127.0.0.1:1883') as string,
      });
    },
  );
});
