import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_BROKER_LIMITS, messageCost } from '../../../bridge/broker/broker-limits.ts';
import { GuardedConnection } from '../../../bridge/broker/guarded-connection.ts';
import { InFlightBudget } from '../../../bridge/broker/in-flight-budget.ts';
import { phoneTopic } from '../../../firmware-protocol/index.ts';
import { BrokerStage } from './broker-stage.ts';
import { socketPair } from './socket-pair.ts';
import { connectPacket, publishPacket, RawPhone } from './raw-phone.ts';

/** What a message costs whose remaining length is 76. */
const COST = messageCost(76);
const PAYLOAD = 'x'.repeat(76 - 2 - phoneTopic('phone-1', 'accelerometer').length - 2);

describe('a peer that does not read its acknowledgements', () => {
  const limits = { ...DEFAULT_BROKER_LIMITS, unreadMs: 1_000 };

  /** A connection in memory, of which `answer` bytes were written and not read. */
  function open(answer: number): {
    client: Duplex;
    connection: GuardedConnection;
    refusals: string[];
  } {
    const refusals: string[] = [];
    const [client, socket] = socketPair();
    const connection = new GuardedConnection(
      socket,
      {
        limits,
        budget: new InFlightBudget(limits.inFlightBytes),
        onRefused: (reason) => refusals.push(reason),
      },
      0,
    );
    onTestFinished(() => void connection.destroy());
    // The first write fills the pair; what follows waits in the connection.
    connection.write(Buffer.alloc(1));
    connection.write(Buffer.alloc(answer));
    connection.on('readable', () => undefined);
    return { client, connection, refusals };
  }

  it.each([
    [16 * 1024, 1],
    [16 * 1024 + 1, 0],
  ])('is heard when %i bytes wait for it: %i', async (answer, heard) => {
    const { client, connection } = open(answer);
    client.write(connectPacket());
    await turn();
    await turn();
    expect(connection.readableLength > 0 ? 1 : 0).toBe(heard);
  });

  it('is heard again when it has read them', async () => {
    const { client, connection } = open(20_000);
    client.write(connectPacket());
    await turn();
    expect(connection.readableLength).toBe(0);
    const read = once(connection, 'readable');
    client.resume();
    await read;
    expect(connection.readableLength).toBe(connectPacket().length);
  });

  it('is cut in the end', () => {
    const { connection, refusals } = open(20_000);
    for (const nowMs of [0, 500, 1_000]) connection.sweep(nowMs);
    expect(refusals).toEqual([]);
    connection.sweep(1_001);
    expect(refusals).toEqual(['acknowledgements-unread']);
    expect(connection.destroyed).toBe(true);
  });
});

describe('a connection', () => {
  it('has no more in flight than its share', async () => {
    const stage = await BrokerStage.start({ limits: { connectionInFlightBytes: 10 * COST } });
    stage.isHolding = true;
    const phone = await RawPhone.connect(stage.port);
    const messages = Array.from({ length: 100 }, (_, index) =>
      publishPacket('phone-1', PAYLOAD, { id: index + 1 }),
    );
    phone.write(Buffer.concat(messages));
    await stage.until(({ taken }) => taken.length === 10);
    const other = await RawPhone.connect(stage.port, { clientId: 'phone-2' });
    other.publish('others go on');
    await stage.until(({ taken }) => taken.length === 11);
    expect(stage.texts.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => PAYLOAD));

    stage.isHolding = false;
    for (const { makeDurable } of stage.taken) makeDurable();
    for (let id = 1; id <= 100; id++) {
      expect(await phone.next('puback')).toMatchObject({ messageId: id });
    }
  });

  it.each([0, 1, 2] as const)('shares what all may have in flight at QoS %i', async (qos) => {
    const stage = await BrokerStage.start({ limits: { inFlightBytes: 5 * COST } });
    stage.isHolding = true;
    const phones = await Promise.all(
      ['phone-1', 'phone-2', 'phone-3'].map((clientId) =>
        RawPhone.connect(stage.port, { clientId }),
      ),
    );
    for (const phone of phones) {
      for (let id = 1; id <= 20; id++) phone.publish(PAYLOAD, { qos, id });
    }
    let durable = 0;
    while (durable < 60) {
      await stage.until(({ taken }) => taken.length > durable);
      expect(stage.taken.length - durable).toBeLessThanOrEqual(5);
      stage.taken[durable]?.makeDurable();
      durable++;
    }
    const each = phones.map(
      ({ clientId }) => stage.taken.filter(({ topic }) => topic.includes(clientId)).length,
    );
    expect(each).toEqual([20, 20, 20]);
  });

  it('gives back what its half-sent message would have taken', async () => {
    const stage = await BrokerStage.start({ limits: { inFlightBytes: COST } });
    const half = await RawPhone.connect(stage.port);
    half.write(publishPacket('phone-1', PAYLOAD).subarray(0, 40));
    const other = await RawPhone.connect(stage.port, { clientId: 'phone-2' });
    half.send({ cmd: 'pingreq' });
    other.publish('waits');
    other.send({ cmd: 'pingreq' });
    half.kill();
    await stage.until(({ disconnected }) => disconnected === 1);
    expect(await other.next('puback')).toBeDefined();
    expect(stage.texts).toEqual(['waits']);
  });

  it('may send one message that is larger than all budgets', async () => {
    const limits = { inFlightBytes: 1_000, connectionInFlightBytes: 500 };
    const stage = await BrokerStage.start({ limits });
    const phone = await RawPhone.connect(stage.port);
    for (let id = 1; id <= 3; id++) phone.publish('x'.repeat(200_000), { id });
    for (let id = 1; id <= 3; id++) {
      expect(await phone.next('puback')).toMatchObject({ messageId: id });
    }
    expect(stage.texts.map((text) => text.length)).toEqual([200_000, 200_000, 200_000]);
  });

  it('is one of a limited number', async () => {
    const stage = await BrokerStage.start({ limits: { connections: 2 } });
    const first = await RawPhone.connect(stage.port, { clientId: 'phone-1' });
    const second = await RawPhone.connect(stage.port, { clientId: 'phone-2' });
    const third = await RawPhone.connect(stage.port, { clientId: 'phone-3' });
    expect([first, second, third].map(({ returnCode }) => returnCode)).toEqual([0, 0, undefined]);
    expect(stage.refusals).toEqual(['too-many-connections']);
    expect(stage.broker.connections).toBe(2);
    first.kill();
    await stage.until(({ disconnected }) => disconnected === 1);
    const next = await RawPhone.connect(stage.port, { clientId: 'phone-3' });
    expect(next.returnCode).toBe(0);
  });

  it('is cut when the client falls silent beyond its keep-alive, which pings prolong', async () => {
    const stage = await BrokerStage.start();
    const phone = await RawPhone.connect(stage.port, { keepalive: 1 });
    const silent = await RawPhone.connect(stage.port, { clientId: 'phone-2', keepalive: 1 });
    const pings = setInterval(() => phone.send({ cmd: 'pingreq' }), 250);
    await silent.closed;
    clearInterval(pings);
    expect(stage.refusals).toEqual(['idle']);
    expect(stage.notices.join()).toContain('phone-2');
    expect(phone.socket.destroyed).toBe(false);
  });

  it('that stays silent from the start is cut', async () => {
    const stage = await BrokerStage.start({ limits: { connectMs: 200 } });
    const silent = RawPhone.open(stage.port);
    const trickling = RawPhone.open(stage.port);
    trickling.write(connectPacket().subarray(0, 10));
    await Promise.all([silent.closed, trickling.closed]);
    expect(stage.refusals).toEqual(['connect-timeout', 'connect-timeout']);
  });
});
