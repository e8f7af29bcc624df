/** What a restart of the broker may not lose: messages that it acknowledged, for a subscriber with a session. */
import { expect, it, onTestFinished } from 'vitest';

import { connectSubscriber } from '../../../bridge/subscriber/subscriber.ts';
import type { Subscriber } from '../../../bridge/subscriber/subscription.ts';
import { phoneTopic } from '../../../firmware-protocol/index.ts';
import { startBroker } from '../../../simulator/live/broker.ts';
import type { Broker } from '../../../simulator/live/broker.ts';
import { connectPhone } from '../../../simulator/live/phone-connection.ts';
import type { PhoneConnection } from '../../../simulator/live/phone-connection.ts';

const PHONES = 5;
const CYCLES = 4;
const MESSAGES_PER_PHONE = 100;
const MESSAGES = PHONES * MESSAGES_PER_PHONE;

/** Counts messages, and lets a test wait for the next one. */
class Tally {
  readonly seen = new Set<string>();
  #onSeen: () => void = () => undefined;

  add(message: string): void {
    this.seen.add(message);
    this.#onSeen();
  }

  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) await new Promise<void>((resolve) => (this.#onSeen = resolve));
  }
}

async function connectPhones(broker: Broker): Promise<PhoneConnection[]> {
  const clientIds = Array.from({ length: PHONES }, (_, phone) => `p-${phone}`);
  const phones = clientIds.map((clientId) => connectPhone({ url: broker.url, clientId }));
  return Promise.all(phones);
}

/** Publishes from all phones at once, and resolves when everything is acknowledged. */
async function publishAll(
  phones: readonly PhoneConnection[],
  cycle: number,
  acknowledged: Tally,
): Promise<void> {
  const publish = async (phone: PhoneConnection, index: number, seq: number): Promise<void> => {
    const payload = `${cycle}/${index}/${seq}`;
    await phone.publish(phoneTopic(`p-${index}`, 'accelerometer'), payload);
    acknowledged.add(payload);
  };
  const seqs = Array.from({ length: MESSAGES_PER_PHONE }, (_, seq) => seq);
  await Promise.all(
    phones.flatMap((phone, index) => seqs.map((seq) => publish(phone, index, seq))),
  );
}

async function subscribe(broker: Broker, landed: Tally): Promise<Subscriber> {
  const subscriber = await connectSubscriber({
    url: broker.url,
    clientId: 'bridge',
    filters: [phoneTopic('+', 'accelerometer')],
    store: { isFull: false, onRoom: () => undefined },
    retryPauseMs: () => 20,
    take: ({ payload }, onDurable) => {
      const message = Buffer.from(payload).toString();
      // A message counts as landed only after other work had its turn, like one that is written to disk.
      setImmediate(() => {
        landed.add(message);
        onDurable();
      });
    },
  });
  await subscriber.established(5_000);
  return subscriber;
}

/** Waits until everything has landed, and checks that it is exactly what was acknowledged. */
async function expectAll(acknowledged: Tally, landed: Tally): Promise<void> {
  await landed.until(() => landed.seen.size >= acknowledged.seen.size);
  expect([...landed.seen].sort()).toEqual([...acknowledged.seen].sort());
}

it('keeps what it acknowledged when it restarts in the middle of traffic', async () => {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  const acknowledged = new Tally();
  const landed = new Tally();
  const subscriber = await subscribe(broker, landed);
  const phones = await connectPhones(broker);
  for (let cycle = 1; cycle <= CYCLES; cycle++) {
    const publishing = publishAll(phones, cycle, acknowledged);
    // Each restart comes at another moment: most of the traffic is still on its way, or most of it has landed.
    const enough = landed.seen.size + (cycle * MESSAGES) / (CYCLES + 1);
    await landed.until(() => landed.seen.size >= enough);
    await broker.down();
    await broker.up();
    await publishing;
    await expectAll(acknowledged, landed);
  }
  expect(acknowledged.seen.size).toBe(CYCLES * MESSAGES);
  await Promise.all(phones.map((phone) => phone.close()));
  await subscriber.close();
});

it('keeps for a subscriber that is away what it acknowledged before it restarted', async () => {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  const acknowledged = new Tally();
  const landed = new Tally();
  const before = await subscribe(broker, landed);
  await before.close();
  const phones = await connectPhones(broker);
  await publishAll(phones, 1, acknowledged);
  await Promise.all(phones.map((phone) => phone.close()));
  expect(landed.seen.size).toBe(0);
  await broker.down();
  await broker.up();
  const after = await subscribe(broker, landed);
  await expectAll(acknowledged, landed);
  expect(acknowledged.seen.size).toBe(MESSAGES);
  await after.close();
});
