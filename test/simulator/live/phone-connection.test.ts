import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';

import { startBroker } from '../../../simulator/live/broker.ts';
import type { Broker } from '../../../simulator/live/broker.ts';
import { connectPhone } from '../../../simulator/live/phone-connection.ts';
import type { PhoneConnection } from '../../../simulator/live/phone-connection.ts';

const TOPIC = 'stedi/v1/phones/p-1/accelerometer';
const STATUS = 'stedi/v1/phones/p-1/status';
const ONLINE = `${STATUS} {"status":"online"}`;
const OFFLINE = `${STATUS} {"status":"offline"}`;

async function start(): Promise<Broker> {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  return broker;
}

async function connect(url: string): Promise<PhoneConnection> {
  const phone = await connectPhone({ url, clientId: 'p-1' });
  onTestFinished(() => phone.kill());
  return phone;
}

/** Somebody who hears everything, duplicates of QoS 1 included. */
class Ear {
  readonly heard: string[] = [];
  #onMessage: () => void = () => undefined;

  readonly take = (topic: string, payload: Uint8Array): void => {
    this.heard.push(`${topic} ${Buffer.from(payload).toString()}`);
    this.#onMessage();
  };

  async until(isEnough: (heard: readonly string[]) => boolean): Promise<readonly string[]> {
    await new Promise<void>((resolve) => {
      this.#onMessage = () => {
        if (isEnough(this.heard)) resolve();
      };
      this.#onMessage();
    });
    return this.heard;
  }

  async count(messages: number): Promise<readonly string[]> {
    return this.until((heard) => heard.length >= messages);
  }
}

async function listen(broker: Broker, filter: string): Promise<Ear> {
  const options = { clientId: 'ear', clean: false, reconnectPeriod: 50 };
  const client = await connectAsync(broker.url, options);
  onTestFinished(async () => {
    await client.endAsync(true);
  });
  const ear = new Ear();
  client.on('message', ear.take);
  await client.subscribeAsync(filter, { qos: 1 });
  return ear;
}

/** A server that answers every connection with `answer`. */
async function startServer(answer: Uint8Array): Promise<{ readonly url: string }> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `mqtt://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('a phone', () => {
  it('says retained that it is online, and offline when it is closed', async () => {
    const broker = await start();
    const phone = await connect(broker.url);
    const during = await listen(broker, STATUS);
    expect(await during.count(1)).toEqual([ONLINE]);
    await phone.close();
    await phone.close();
    expect(await during.count(2)).toEqual([ONLINE, OFFLINE]);
  });

  it('is declared offline by its last will when it is killed', async () => {
    const broker = await start();
    const phone = await connect(broker.url);
    const ear = await listen(broker, STATUS);
    await ear.count(1);
    phone.kill();
    phone.kill();
    expect(await ear.count(2)).toEqual([ONLINE, OFFLINE]);
  });

  it('publishes, and knows when the broker has the message', async () => {
    const broker = await start();
    const ear = await listen(broker, TOPIC);
    const phone = await connect(broker.url);
    await phone.publish(TOPIC, 'grüß');
    expect(await ear.count(1)).toEqual([`${TOPIC} grüß`]);
  });

  it('keeps what it publishes while the broker is away, and announces itself again', async () => {
    const broker = await start();
    const ear = await listen(broker, '#');
    const phone = await connect(broker.url);
    await ear.count(1);
    await broker.down();
    const published = [phone.publish(TOPIC, 'one'), phone.publish(TOPIC, 'two')];
    await broker.up();
    await Promise.all(published);
    const heard = await ear.until(
      (all) => all.includes(OFFLINE) && all.lastIndexOf(ONLINE) > all.indexOf(OFFLINE),
    );
    expect(heard).toEqual(expect.arrayContaining([`${TOPIC} one`, `${TOPIC} two`]));
  });

  it('waits for the acknowledgements in flight before it closes', async () => {
    const broker = await start();
    const phone = await connect(broker.url);
    const acknowledged: number[] = [];
    for (let seq = 0; seq < 200; seq++) {
      void phone.publish(TOPIC, String(seq)).then(() => acknowledged.push(seq));
    }
    await phone.close();
    expect(acknowledged).toHaveLength(200);
  });

  it('gives up what is not acknowledged when it closes without a broker, and after that takes nothing', async () => {
    const broker = await start();
    const phone = await connect(broker.url);
    await broker.down();
    const outcome = phone.publish(TOPIC, 'never').catch((error: unknown) => error);
    await phone.close();
    expect(await outcome).toMatchObject({
      name: 'SimulatorError',
      code: 'PHONE_CLOSED',
      message: expect.stringContaining('p-1') as string,
    });
    await expect(phone.publish(TOPIC, 'late')).rejects.toMatchObject({ code: 'PHONE_CLOSED' });
  });

  it('refuses a message when 10,000 wait for the broker', async () => {
    const broker = await start();
    const phone = await connect(broker.url);
    await phone.publish(TOPIC, 'first');
    await broker.down();
    const waiting = Array.from({ length: 10_000 }, (_, seq) => phone.publish(TOPIC, String(seq)));
    await expect(phone.publish(TOPIC, 'one too many')).rejects.toMatchObject({
      code: 'PHONE_BACKLOG_FULL',
    });
    phone.kill();
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('names a broker that is not there', async () => {
    const broker = await start();
    await broker.down();
    await expect(connect(broker.url)).rejects.toMatchObject({
      name: 'SimulatorError',
      code: 'BROKER_UNREACHABLE',
      message: expect.stringContaining(`127.0.0.1:${broker.port} (ECONNREFUSED)`) as string,
    });
  });

  it('names a broker that refuses it, without its credentials', async () => {
    const notAuthorized = Uint8Array.of(0x20, 2, 0, 5);
    const { url } = await startServer(notAuthorized);
    const refusal = connect(url);
    await expect(refusal).rejects.toMatchObject({
      code: 'BROKER_REFUSED',
      message: expect.stringContaining('Not authorized') as string,
    });
    await expect(refusal).rejects.not.toMatchObject({
      message: expect.stringContaining('secret') as string,
    });
  });
});
