import { Readable } from 'node:stream';

import { SimulatorError } from '../simulator-error.ts';

const PACKET_ID_MAX = 65_535;

/** What the broker keeps of a packet that waits for its acknowledgement; the rest of it is passed through. */
export interface QueuedPacket {
  readonly cmd: string;
  /** The broker's number of the message; the same on every delivery. */
  readonly brokerCounter?: number;
  messageId?: number | undefined;
}

interface Subscription {
  readonly clientId: string;
}

interface Session {
  readonly id: string;
}

/**
 * The messages that wait for the subscribers of persistent sessions: the part of aedes' persistence that we replace.
 *
 * aedes' own part rejects the delivery of a message that was acknowledged a moment ago on another path, and the broker
 * then drops a healthy subscriber in the middle of its backlog. It also gives out packet ids that an earlier connection
 * of the session still uses, so that one acknowledgement could clear two messages.
 */
export class SessionQueues {
  readonly #queues = new Map<string, SessionQueue>();

  /** Puts these methods in the place of those of `persistence`. */
  takeOver(persistence: object): void {
    Object.assign(persistence, {
      outgoingEnqueue: this.enqueue.bind(this),
      outgoingEnqueueCombi: this.enqueueForAll.bind(this),
      outgoingUpdate: this.send.bind(this),
      outgoingClearMessageId: this.acknowledge.bind(this),
      outgoingStream: this.stream.bind(this),
    });
  }

  async enqueue(subscription: Subscription, packet: QueuedPacket): Promise<void> {
    this.#queue(subscription.clientId).add(packet);
  }

  async enqueueForAll(subscriptions: readonly Subscription[], packet: QueuedPacket): Promise<void> {
    for (const { clientId } of subscriptions) this.#queue(clientId).add(packet);
  }

  /**
   * Called before each delivery of `packet`, whose id it may change.
   * @throws SimulatorError `SESSION_BACKLOG_FULL` when every packet id is in use; the broker drops the subscriber
   */
  async send(session: Session, packet: QueuedPacket): Promise<void> {
    this.#queue(session.id).send(packet);
  }

  /** Called with each acknowledgement. Returns the message that it stands for. */
  async acknowledge(
    session: Session,
    { messageId }: QueuedPacket,
  ): Promise<QueuedPacket | undefined> {
    return this.#queue(session.id).acknowledge(messageId);
  }

  /** The backlog of a session that comes back. */
  stream(session: Session): Readable {
    return Readable.from(this.#queue(session.id).waiting());
  }

  #queue(clientId: string): SessionQueue {
    const queue = this.#queues.get(clientId) ?? new SessionQueue();
    this.#queues.set(clientId, queue);
    return queue;
  }
}

class SessionQueue {
  /** By the broker's number, in the order of arrival. */
  readonly #packets = new Map<number, QueuedPacket>();
  /** The broker's number of the message that a packet id stands for. */
  readonly #numbers = new Map<number, number>();

  add(packet: QueuedPacket): void {
    const { brokerCounter = 0 } = packet;
    this.#packets.set(brokerCounter, { ...packet, messageId: undefined });
  }

  send(packet: QueuedPacket): void {
    if (packet.cmd !== 'publish') {
      this.#replace(packet);
      return;
    }
    const { brokerCounter = 0 } = packet;
    const queued = this.#packets.get(brokerCounter);
    packet.messageId = queued?.messageId ?? this.#freeId(packet.messageId ?? 1);
    // A message that is no longer queued was acknowledged already. Delivering it once more does no harm at QoS 1.
    if (queued === undefined) return;
    queued.messageId = packet.messageId;
    this.#numbers.set(packet.messageId, brokerCounter);
  }

  acknowledge(messageId: number | undefined): QueuedPacket | undefined {
    const number = messageId === undefined ? undefined : this.#numbers.get(messageId);
    if (messageId === undefined || number === undefined) return undefined;
    const packet = this.#packets.get(number);
    this.#numbers.delete(messageId);
    this.#packets.delete(number);
    return packet;
  }

  /** What waits now, without what is acknowledged until its turn comes. */
  *waiting(): Generator<QueuedPacket> {
    const numbers = [...this.#packets.keys()];
    for (const number of numbers) {
      const packet = this.#packets.get(number);
      if (packet !== undefined) yield packet;
    }
  }

  /** At QoS 2, a release takes the place of its message. */
  #replace(packet: QueuedPacket): void {
    const number = packet.messageId === undefined ? undefined : this.#numbers.get(packet.messageId);
    if (number !== undefined) this.#packets.set(number, packet);
  }

  #freeId(wanted: number): number {
    if (this.#numbers.size >= PACKET_ID_MAX) {
      throw new SimulatorError(
        'SESSION_BACKLOG_FULL',
        `A subscriber leaves ${PACKET_ID_MAX} messages unacknowledged. Make it acknowledge what it has taken.`,
      );
    }
    let id = wanted;
    while (this.#numbers.has(id)) id = (id % PACKET_ID_MAX) + 1;
    return id;
  }
}
