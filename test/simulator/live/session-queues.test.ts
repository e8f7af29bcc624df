import { describe, expect, it } from 'vitest';

import { SessionQueues } from '../../../simulator/live/session-queues.ts';
import type { QueuedPacket } from '../../../simulator/live/session-queues.ts';

const BRIDGE = { id: 'bridge' };
const SUBSCRIPTION = { clientId: 'bridge' };

function message(brokerCounter: number, messageId?: number): QueuedPacket {
  return { cmd: 'publish', brokerCounter, messageId };
}

async function backlog(queues: SessionQueues, session = BRIDGE): Promise<(number | undefined)[]> {
  const packets = (await queues.stream(session).toArray()) as QueuedPacket[];
  return packets.map(({ brokerCounter }) => brokerCounter);
}

describe('the queues of persistent sessions', () => {
  it('keep messages in order for every subscriber until he has acknowledged them', async () => {
    const queues = new SessionQueues();
    await queues.enqueueForAll([SUBSCRIPTION, { clientId: 'other' }], message(1));
    await queues.enqueue(SUBSCRIPTION, message(2));
    await queues.send(BRIDGE, message(1, 100));
    expect(await queues.acknowledge(BRIDGE, message(0, 100))).toMatchObject({ brokerCounter: 1 });
    expect(await backlog(queues)).toEqual([2]);
    expect(await backlog(queues, { id: 'other' })).toEqual([1]);
  });

  it('hold a message once when two filters of a subscriber match it', async () => {
    const queues = new SessionQueues();
    await queues.enqueueForAll([SUBSCRIPTION, SUBSCRIPTION], message(1));
    expect(await backlog(queues)).toEqual([1]);
  });

  it('clear nothing for an acknowledgement that belongs to no message', async () => {
    const queues = new SessionQueues();
    await queues.enqueue(SUBSCRIPTION, message(1));
    expect(await queues.acknowledge(BRIDGE, message(0, 7))).toBeUndefined();
    expect(await queues.acknowledge(BRIDGE, message(1))).toBeUndefined();
    expect(await backlog(queues)).toEqual([1]);
  });

  it('deliver a message again under the id that it had', async () => {
    const queues = new SessionQueues();
    await queues.enqueue(SUBSCRIPTION, message(1));
    await queues.send(BRIDGE, message(1, 100));
    const again = message(1, 200);
    await queues.send(BRIDGE, again);
    expect(again.messageId).toBe(100);
  });

  it('never give two waiting messages one id', async () => {
    const queues = new SessionQueues();
    for (const number of [1, 2, 3]) await queues.enqueue(SUBSCRIPTION, message(number));
    const packets = [message(1, 65_535), message(2, 65_535), message(3, 65_535)];
    for (const packet of packets) await queues.send(BRIDGE, packet);
    expect(packets.map(({ messageId }) => messageId)).toEqual([65_535, 1, 2]);
    await queues.acknowledge(BRIDGE, message(0, 1));
    expect(await backlog(queues)).toEqual([1, 3]);
  });

  it('let a message be delivered that was acknowledged meanwhile, under an id that is free', async () => {
    const queues = new SessionQueues();
    for (const number of [1, 2]) await queues.enqueue(SUBSCRIPTION, message(number));
    await queues.send(BRIDGE, message(1, 100));
    await queues.acknowledge(BRIDGE, message(0, 100));
    await queues.send(BRIDGE, message(2, 100));
    const late = message(1, 100);
    await queues.send(BRIDGE, late);
    expect(late.messageId).toBe(101);
    await queues.acknowledge(BRIDGE, late);
    expect(await backlog(queues)).toEqual([2]);
  });

  it('leave out of a backlog what is acknowledged before its turn', async () => {
    const queues = new SessionQueues();
    for (let number = 1; number <= 100; number++) {
      await queues.enqueue(SUBSCRIPTION, message(number));
      await queues.send(BRIDGE, message(number, number));
    }
    const seen: unknown[] = [];
    for await (const packet of queues.stream(BRIDGE)) {
      seen.push((packet as QueuedPacket).brokerCounter);
      await queues.acknowledge(BRIDGE, message(0, 100));
    }
    expect(seen).toEqual(Array.from({ length: 99 }, (_, index) => index + 1));
  });

  it('put a release in the place of its message at QoS 2', async () => {
    const queues = new SessionQueues();
    await queues.enqueue(SUBSCRIPTION, message(1));
    await queues.send(BRIDGE, message(1, 100));
    await queues.send(BRIDGE, { cmd: 'pubrel', messageId: 100 });
    expect(await queues.stream(BRIDGE).toArray()).toEqual([{ cmd: 'pubrel', messageId: 100 }]);
    await queues.acknowledge(BRIDGE, { cmd: 'pubcomp', messageId: 100 });
    expect(await backlog(queues)).toEqual([]);
  });

  it('refuse to send when every id waits for its acknowledgement', async () => {
    const queues = new SessionQueues();
    for (let number = 1; number <= 65_536; number++) {
      await queues.enqueue(SUBSCRIPTION, message(number));
    }
    for (let number = 1; number <= 65_535; number++)
      await queues.send(BRIDGE, message(number, number));
    await expect(queues.send(BRIDGE, message(65_536, 1))).rejects.toMatchObject({
      name: 'SimulatorError',
      code: 'SESSION_BACKLOG_FULL',
    });
  });

  it('take the place of the methods that aedes calls', async () => {
    const queues = new SessionQueues();
    const persistence = { outgoingEnqueue: (): Promise<void> => expect.unreachable('replaced') };
    queues.takeOver(persistence);
    expect(Object.keys(persistence)).toEqual([
      'outgoingEnqueue',
      'outgoingEnqueueCombi',
      'outgoingUpdate',
      'outgoingClearMessageId',
      'outgoingStream',
    ]);
  });
});
