import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { Notice } from '../../../bridge/notice.ts';
import type { Subscriber, SubscriberOptions } from '../../../bridge/subscriber/subscription.ts';
import { startBroker } from '../../../simulator/live/broker.ts';
import type { Broker } from '../../../simulator/live/broker.ts';
import { open, startScripted } from './open-subscriber.ts';
import { Room, Sayings, Taker } from './takers.ts';

async function start(): Promise<Broker> {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  return broker;
}

async function subscribe(
  url: string,
  options: Partial<SubscriberOptions> = {},
): Promise<Subscriber> {
  const subscriber = await open(url, options);
  await subscriber.established(2_000);
  return subscriber;
}

async function publish(url: string, ...payloads: readonly string[]): Promise<void> {
  const client = await connectAsync(url, { reconnectPeriod: 0 });
  for (const payload of payloads) await client.publishAsync('a/b', payload, { qos: 1 });
  await client.endAsync();
}

describe('a subscriber', () => {
  it('takes messages in order, and does not wait for one to be durable before the next', async () => {
    const broker = await start();
    const taker = new Taker();
    taker.isHolding = true;
    const subscriber = await subscribe(broker.url, { take: taker.take });
    await publish(broker.url, '1', '2', '3');
    expect(await taker.until(3)).toEqual(['a/b 1', 'a/b 2', 'a/b 3']);
    expect(subscriber.health).toMatchObject({ received: 3, acknowledged: 0, unacknowledged: 3 });
    taker.release();
  });

  it('acknowledges a message only when it is durable', async () => {
    const broker = await startScripted();
    const taker = new Taker();
    taker.isHolding = true;
    const subscriber = await subscribe(broker.url, { take: taker.take });
    broker.publish(7, 'a/b', 'first');
    await taker.until(1);
    expect(broker.acknowledgedIds).toEqual([]);
    taker.release();
    await broker.until(() => broker.acknowledgedIds.length > 0);
    expect(broker.acknowledgedIds).toEqual([7]);
    expect(subscriber.health).toMatchObject({ received: 1, acknowledged: 1, unacknowledged: 0 });
  });

  it('acknowledges in the order of arrival, whatever becomes durable first', async () => {
    const broker = await startScripted();
    const taker = new Taker();
    taker.isHolding = true;
    await subscribe(broker.url, { take: taker.take });
    for (const id of [7, 8, 9]) broker.publish(id, 'a/b', `${id}`);
    await taker.until(3);
    taker.releaseNewest();
    taker.releaseNewest();
    taker.release();
    await broker.until(() => broker.acknowledgedIds.length === 3);
    expect(broker.acknowledgedIds).toEqual([7, 8, 9]);
  });

  it('never acknowledges on a new connection what came on the old one', async () => {
    const broker = await startScripted({ sessionPresent: true });
    const taker = new Taker();
    const states = new Sayings<boolean>();
    taker.isHolding = true;
    await subscribe(broker.url, { take: taker.take, onStateChange: states.add });
    broker.publish(7, 'a/b', 'old');
    await taker.until(1);
    broker.cut();
    expect(await states.until(3)).toEqual([true, false, true]);
    taker.release();
    broker.publish(8, 'a/b', 'new');
    await taker.until(2);
    taker.release();
    await broker.until(() => broker.acknowledgedIds.length > 0);
    expect(broker.acknowledgedIds).toEqual([8]);
  });

  it('serves again after the broker was away, with what came in between', async () => {
    const broker = await start();
    const taker = new Taker();
    const states = new Sayings<boolean>();
    await subscribe(broker.url, { take: taker.take, onStateChange: states.add });
    await broker.down();
    expect(await states.until(2)).toEqual([true, false]);
    await broker.up();
    await publish(broker.url, 'meanwhile');
    expect((await taker.until(1))[0]).toBe('a/b meanwhile');
    expect(await states.until(3)).toEqual([true, false, true]);
  });

  it('subscribes again at a broker that forgot it, and says what that means', async () => {
    const broker = await startScripted({ sessionPresent: false });
    const notices = new Sayings<Notice>();
    const subscriber = await subscribe(broker.url, { onNotice: notices.add });
    expect(subscriber.health.sessionsLost).toBe(0);
    broker.cut();
    expect((await notices.until(4)).map(({ level }) => level)).toEqual([
      'info',
      'warn',
      'warn',
      'info',
    ]);
    expect(notices.said[2]?.text).toContain('forgotten the session');
    expect(notices.said[3]).toMatchObject({
      part: 'broker',
      text: expect.stringMatching(/serves the bridge\.$/),
    });
    expect(subscriber.health.sessionsLost).toBe(1);
    expect(broker.subscribes).toBe(2);
  });

  it('leaves a session behind that keeps messages for the next run', async () => {
    const broker = await start();
    const first = await subscribe(broker.url);
    await first.close();
    await publish(broker.url, 'kept');
    const taker = new Taker();
    await subscribe(broker.url, { take: taker.take });
    expect(await taker.until(1)).toEqual(['a/b kept']);
  });

  it('lets the messages at hand become durable when it closes, and takes no other', async () => {
    const broker = await startScripted();
    const taker = new Taker();
    const states = new Sayings<boolean>();
    taker.isHolding = true;
    const options = { take: taker.take, onStateChange: states.add };
    const subscriber = await subscribe(broker.url, options);
    broker.publish(7, 'a/b', 'at hand');
    await taker.until(1);
    const closing = Promise.all([subscriber.close(), subscriber.close()]);
    broker.publish(8, 'a/b', 'next');
    taker.release();
    await closing;
    await broker.until(() => broker.open === 0);
    expect(broker.acknowledgedIds).toEqual([7]);
    expect(taker.taken).toEqual(['a/b at hand']);
    expect(states.said).toEqual([true]);
  });

  it('tells a message that was sent again', async () => {
    const broker = await startScripted();
    const taker = new Taker();
    const subscriber = await subscribe(broker.url, { take: taker.take });
    broker.publish(7, 'a/b', 'once');
    broker.publish(8, 'a/b', 'twice', true);
    await taker.until(2);
    expect(taker.messages.map(({ dup }) => dup)).toEqual([false, true]);
    expect(subscriber.health.redelivered).toBe(1);
  });

  it('reads nothing while the store is full', async () => {
    const broker = await startScripted();
    const taker = new Taker();
    const room = new Room();
    const subscriber = await subscribe(broker.url, { take: taker.take, store: room });
    room.isFull = true;
    broker.publish(7, 'a/b', 'the last that was read');
    await taker.until(1);
    broker.publish(8, 'a/b', 'waits');
    await broker.until(() => broker.acknowledgedIds.length === 1);
    expect(subscriber.health).toMatchObject({ isPaused: true, received: 1 });
    room.free();
    expect(await taker.until(2)).toHaveLength(2);
    expect(subscriber.health.isPaused).toBe(false);
  });

  it('gives up a broker that is silent, and comes back', async () => {
    const broker = await startScripted({ isMute: true });
    const states = new Sayings<boolean>();
    await subscribe(broker.url, { keepAliveMs: 40, onStateChange: states.add });
    expect(await states.until(3)).toEqual([true, false, true]);
    expect(broker.connections).toBe(2);
  });

  it('does not give up a silent broker while it does not listen itself', async () => {
    const broker = await startScripted({ isMute: true });
    const taker = new Taker();
    const room = new Room();
    const states = new Sayings<boolean>();
    const options = { keepAliveMs: 40, take: taker.take, store: room, onStateChange: states.add };
    await subscribe(broker.url, options);
    room.isFull = true;
    broker.publish(7, 'a/b', 'last');
    await taker.until(1);
    broker.script = {};
    // Pings go on, so that the broker does not give up either.
    const pings = broker.pings;
    await broker.until(() => broker.pings > pings + 4);
    expect(states.said).toEqual([true]);
  });

  it('keeps the beginning of a message that is too long, and goes on', async () => {
    const broker = await startScripted();
    const taker = new Taker();
    const notices = new Sayings<Notice>();
    const options = { take: taker.take, packetBytesMax: 20, onNotice: notices.add };
    const subscriber = await subscribe(broker.url, options);
    broker.publish(7, 'a/b', 'x'.repeat(100));
    broker.publish(8, 'a/b', 'next');
    expect(await taker.until(2)).toEqual([`a/b ${'x'.repeat(11)}`, 'a/b next']);
    expect(taker.messages[0]?.omittedBytes).toBe(89);
    expect(subscriber.health.oversized).toBe(1);
    expect(notices.said.at(-1)?.text).toContain('too long');
    await broker.until(() => broker.acknowledgedIds.length === 2);
  });

  it('drops a connection that brings no MQTT, and tries again', async () => {
    const broker = await startScripted();
    const notices = new Sayings<Notice>();
    await subscribe(broker.url, { onNotice: notices.add });
    broker.send(Buffer.from([0x36, 0x05, 0, 1, 97, 0, 1]));
    expect((await notices.until(3))[1]?.text).toContain('a QoS that was not granted');
    expect(broker.connections).toBe(2);
  });
});
