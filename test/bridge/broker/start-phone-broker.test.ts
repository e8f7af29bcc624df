import { describe, expect, it } from 'vitest';
import { phoneTopic } from '../../../firmware-protocol/index.ts';
import { connectPhone } from '../../../simulator/index.ts';
import { BrokerStage } from './broker-stage.ts';
import { connectPacket, publishPacket, RawPhone } from './raw-phone.ts';

const WILL = {
  topic: phoneTopic('phone-1', 'status'),
  payload: Buffer.from('gone'),
  qos: 1,
  retain: true,
} as const;

describe('an acknowledgement', () => {
  it.each([
    [1, 'puback'],
    [2, 'pubrec'],
  ] as const)('of QoS %i comes when the message is durable, not before', async (qos, answer) => {
    const stage = await BrokerStage.start();
    stage.isHolding = true;
    const phone = await RawPhone.connect(stage.port);
    phone.publish('first', { qos, id: 7 });
    phone.send({ cmd: 'pingreq' });
    await phone.next('pingresp');
    expect(stage.texts).toEqual(['first']);
    expect(phone.received).toEqual([]);

    stage.taken[0]?.makeDurable();
    expect(await phone.next(answer)).toMatchObject({ messageId: 7 });
  });

  it('is given to each of many messages in flight by itself', async () => {
    const stage = await BrokerStage.start();
    stage.isHolding = true;
    const phone = await RawPhone.connect(stage.port);
    const messages = Array.from({ length: 50 }, (_, index) =>
      publishPacket('phone-1', `reading ${index + 1}`, { id: index + 1 }),
    );
    // At once: what comes in one piece is in flight together.
    phone.write(Buffer.concat(messages));
    await stage.until(({ taken }) => taken.length === 50);
    for (const { text, makeDurable } of stage.taken.toReversed()) {
      if (text.endsWith('3')) makeDurable();
    }
    const ids = [];
    for (let count = 0; count < 5; count++) ids.push((await phone.next('puback'))?.messageId);
    expect(ids).toEqual([43, 33, 23, 13, 3]);
  });

  it('ends the exchange of QoS 2, after which nothing is kept of it', async () => {
    const stage = await BrokerStage.start();
    const phone = await RawPhone.connect(stage.port);
    // More than aedes would keep open at a time, were they not closed.
    for (let first = 1; first < 1_100; first += 100) {
      const last = first + 99;
      for (let id = first; id <= last; id++) phone.publish(`reading ${id}`, { qos: 2, id });
      for (let id = first; id <= last; id++) {
        expect(await phone.next('pubrec')).toMatchObject({ messageId: id });
        phone.send({ cmd: 'pubrel', messageId: id });
      }
      for (let id = first; id <= last; id++) {
        expect(await phone.next('pubcomp')).toMatchObject({ messageId: id });
      }
    }
    expect(stage.taken.length).toBe(1_100);
  });

  it('is not given when the client has left meanwhile, and comes when the message is sent again', async () => {
    const stage = await BrokerStage.start();
    stage.isHolding = true;
    const phone = await RawPhone.connect(stage.port);
    phone.publish('kept', { id: 3 });
    await stage.until(({ taken }) => taken.length === 1);
    phone.kill();
    await stage.until(({ disconnected }) => disconnected === 1);
    stage.taken[0]?.makeDurable();

    stage.isHolding = false;
    const again = await RawPhone.connect(stage.port);
    again.publish('kept', { id: 3, dup: true });
    expect(await again.next('puback')).toMatchObject({ messageId: 3 });
    expect(stage.taken.map(({ text, dup }) => ({ text, dup }))).toEqual([
      { text: 'kept', dup: false },
      { text: 'kept', dup: true },
    ]);
    expect(stage.refusals).toEqual([]);
  });
});

describe('what is published', () => {
  it('is taken at QoS 0, retained or empty, in the order it came', async () => {
    const stage = await BrokerStage.start();
    const phone = await RawPhone.connect(stage.port);
    phone.publish('zero', { qos: 0 });
    phone.publish('kept', { retain: true });
    phone.publish('', { retain: true, topic: phoneTopic('phone-1', 'status') });
    phone.send({ cmd: 'disconnect' });
    await phone.closed;
    expect(stage.texts).toEqual(['zero', 'kept', '']);
  });

  it('right behind CONNECT waits until that is answered', async () => {
    const stage = await BrokerStage.start();
    const phone = RawPhone.open(stage.port);
    const messages = Array.from({ length: 100 }, (_, index) =>
      publishPacket('phone-1', `reading ${index}`, { id: index + 1 }),
    );
    phone.write(Buffer.concat([connectPacket(), ...messages]));
    for (let id = 1; id <= 100; id++) {
      expect(await phone.next('puback')).toMatchObject({ messageId: id });
    }
    expect(stage.taken.length).toBe(100);
  });

  it.each([
    ["another client's topic", phoneTopic('phone-2', 'accelerometer')],
    ['a topic that is no channel', 'stedi/v1/phones/phone-1/gps'],
    ['a wildcard', 'stedi/v1/phones/+/status'],
    ["the broker's own topics", '$SYS/x'],
    ['a topic of 200 levels', 'a/'.repeat(200)],
  ])('on %s is neither taken nor acknowledged', async (_, topic) => {
    const stage = await BrokerStage.start();
    const phone = await RawPhone.connect(stage.port);
    phone.publish('foreign', { topic });
    await phone.closed;
    expect(stage.taken).toEqual([]);
    expect(phone.received).toEqual([]);
    await stage.until(({ refusals }) => refusals.length === 1);
    expect(stage.notices.join()).not.toContain(topic);
  });
});

describe('a last will', () => {
  it('is taken when the connection breaks', async () => {
    const stage = await BrokerStage.start();
    const phone = await RawPhone.connect(stage.port, { will: WILL });
    phone.kill();
    await stage.until(({ taken }) => taken.length === 1);
    expect(stage.taken[0]).toMatchObject({ topic: WILL.topic, text: 'gone', dup: false });
  });

  it('is not taken when the client says goodbye', async () => {
    const stage = await BrokerStage.start();
    const phone = await RawPhone.connect(stage.port, { will: WILL });
    phone.send({ cmd: 'disconnect' });
    await stage.until(({ disconnected }) => disconnected === 1);
    expect(stage.taken).toEqual([]);
  });

  it('on a foreign topic is refused at CONNECT', async () => {
    const stage = await BrokerStage.start();
    const topic = phoneTopic('phone-2', 'status');
    const phone = await RawPhone.connect(stage.port, { will: { ...WILL, topic } });
    expect(phone.returnCode).toBe(5);
    expect(stage.refusals).toEqual(['bad-will']);
  });

  it('is let go when nothing more may be in flight', async () => {
    const stage = await BrokerStage.start({ limits: { inFlightBytes: 1 } });
    stage.isHolding = true;
    const leaver = await RawPhone.connect(stage.port, { will: WILL });
    const other = await RawPhone.connect(stage.port, { clientId: 'phone-2' });
    other.publish('in flight');
    await stage.until(({ taken }) => taken.length === 1);
    leaver.kill();
    await stage.until(({ refusals }) => refusals.length === 1);
    expect(stage.refusals).toEqual(['will-dropped']);
    expect(stage.taken.length).toBe(1);
  });
});

describe('the broker', () => {
  it("serves the project's own phones", async () => {
    const stage = await BrokerStage.start();
    const phone = await connectPhone({ url: stage.broker.url, clientId: 'phone-1' });
    await phone.publish(phoneTopic('phone-1', 'accelerometer'), 'reading');
    await phone.close();
    expect(stage.texts).toEqual(['{"status":"online"}', 'reading', '{"status":"offline"}']);
    expect(stage.refusals).toEqual([]);
  });

  it('refuses every subscription, and keeps the connection', async () => {
    const stage = await BrokerStage.start();
    const phone = await RawPhone.connect(stage.port, { clean: false });
    const subscriptions = ['#', '$SYS/#', phoneTopic('phone-1', 'status')].map((topic) => ({
      topic,
      qos: 1 as const,
    }));
    phone.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    expect(await phone.next('suback')).toMatchObject({ granted: [0x80, 0x80, 0x80] });
    phone.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['#'] });
    expect(await phone.next('unsuback')).toMatchObject({ messageId: 2 });
    phone.publish('still here');
    expect(await phone.next('puback')).toMatchObject({ messageId: 1 });
    // Its own message is the only one that could have come back.
    expect(phone.received).toEqual([]);
  });

  it('keeps no session', async () => {
    const stage = await BrokerStage.start();
    for (let visit = 0; visit < 2; visit++) {
      const phone = RawPhone.open(stage.port);
      phone.write(connectPacket({ clean: false }));
      expect(await phone.next('connack')).toMatchObject({ returnCode: 0, sessionPresent: false });
      phone.kill();
    }
  });

  it.each([
    ['none', ''],
    ['one with a slash', 'a/b'],
    ['one with a wildcard', 'a+'],
    ['one with a control character', 'a\u0007'],
    ['one of 65 characters', 'x'.repeat(65)],
    ['a name', 'Ann Lee'],
  ])('rejects as client id: %s', async (_, clientId) => {
    const stage = await BrokerStage.start();
    const phone = await RawPhone.connect(stage.port, { clientId });
    expect(phone.returnCode).toBe(2);
    await phone.closed;
    expect(stage.refusals).toEqual(['bad-client-id']);
    expect(stage.notices).toEqual([
      'The broker refused a client id that is not 1–64 letters, digits and hyphens.',
    ]);
  });

  it('refuses MQTT 5', async () => {
    const stage = await BrokerStage.start();
    const phone = await RawPhone.connect(stage.port, { protocolVersion: 5 });
    expect(phone.returnCode).not.toBe(0);
    await phone.closed;
    await stage.until(({ refusals }) => refusals.length === 1);
    expect(stage.refusals).toEqual(['protocol-version']);
  });

  it('acknowledges what is in flight before it closes, and lets the port go', async () => {
    const stage = await BrokerStage.start();
    stage.isHolding = true;
    const phone = await RawPhone.connect(stage.port);
    phone.publish('last words', { id: 12 });
    await stage.until(({ taken }) => taken.length === 1);
    const closed = stage.broker.close();
    stage.taken[0]?.makeDurable();
    await closed;
    expect(await phone.next('puback')).toMatchObject({ messageId: 12 });
    await phone.closed;
    expect(stage.broker.connections).toBe(0);
    const late = RawPhone.open(stage.port);
    await late.closed;
    expect(late.received).toEqual([]);
  });

  it('says which address it cannot have', async () => {
    const stage = await BrokerStage.start();
    const second = BrokerStage.start({ listen: { host: '127.0.0.1', port: stage.port } });
    await expect(second).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
      message: expect.stringContaining('EADDRINUSE') as string,
    });
  });
});
