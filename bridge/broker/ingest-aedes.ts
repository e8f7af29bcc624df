/**
 * aedes without what a broker that only takes messages does not need: nothing is routed, retained or queued, and no
 * session outlives its connection. After a message is acknowledged, nothing is left to be done with it.
 */
import { Readable } from 'node:stream';
import { Aedes } from 'aedes';
import type { AedesOptions, PublishPacket } from 'aedes';

/** Its own signs of life go nowhere; this is how rarely it may try, at 1/4 of what a timer can take. */
const HEARTBEAT_MS = 500_000_000;

type Done = (error?: Error) => void;

/** What aedes asks a store of sessions; each answer says that there is none. */
const NO_SESSIONS = {
  async setup(): Promise<void> {},
  async subscriptionsByClient(): Promise<readonly never[]> {
    return [];
  },
  async cleanSubscriptions(): Promise<void> {},
  async cleanIncoming(): Promise<void> {},
  async removeSubscriptions(): Promise<void> {},
  async putWill(): Promise<void> {},
  async delWill(): Promise<void> {},
  outgoingStream(): Readable {
    return Readable.from([]);
  },
  streamWill(): Readable {
    return Readable.from([]);
  },
  /**
   * Asked at a QoS 2 PUBLISH, which is never known: each is taken, and told from its repetition by its contents, like
   * at QoS 1. Asked again at its PUBREL, where aedes forgets the packet id only when the answer is yes.
   */
  async incomingGetPacket(_client: unknown, packet: { readonly cmd: string }): Promise<object> {
    if (packet.cmd === 'pubrel') return packet;
    throw UNKNOWN_PACKET;
  },
  async incomingStorePacket(): Promise<void> {},
  async incomingDelPacket(): Promise<void> {},
};

class UnknownPacket extends Error {
  override readonly name = 'UnknownPacket';
}

const UNKNOWN_PACKET = new UnknownPacket('There is no session.');

/** What aedes asks a router of messages; it has none to route. */
const NO_ROUTER = {
  on(_topic: string, _listener: unknown, done?: Done): void {
    if (done !== undefined) setImmediate(done);
  },
  removeListener(_topic: string, _listener: unknown, done?: Done): void {
    if (done !== undefined) setImmediate(done);
  },
  emit(_packet: unknown, done?: Done): void {
    done?.();
  },
  close(done: Done): void {
    setImmediate(done);
  },
};

/** The MQTT state machine of the broker. */
export class IngestAedes extends Aedes {
  constructor(options: AedesOptions) {
    super({
      ...options,
      persistence: NO_SESSIONS,
      mq: NO_ROUTER,
      heartbeatInterval: HEARTBEAT_MS,
    });
  }

  /** Called behind the acknowledgement, for last wills, and for aedes' own messages: `authorizePublish` did it all. */
  override publish(_packet: PublishPacket, ...rest: readonly unknown[]): void {
    const done = rest.at(-1);
    if (typeof done === 'function') (done as Done)();
  }
}
