import type { Client, ConnectPacket, PublishPacket } from 'aedes';

import { succeedsWithin } from '../adapters/time-limit.ts';
import type { OnNotice } from '../notice.ts';
import type { RecordStore, TakeMessage } from '../ports.ts';
import type { BrokerLimits } from './broker-limits.ts';
import { messageCost } from './broker-limits.ts';
import { ClientRegistry } from './client-registry.ts';
import { CredentialCheck } from './credential-check.ts';
import { InFlightBudget } from './in-flight-budget.ts';
import type { IngestAedes } from './ingest-aedes.ts';
import type { PeerSocket } from './peer-socket.ts';
import type { PhoneBrokerEvent } from './phone-broker.ts';
import { PhoneClient } from './phone-client.ts';
import { Refusals } from './refusals.ts';
import type { RefusalReason } from './refusals.ts';
import { StoreGate } from './store-gate.ts';
import type { UserDirectory } from './user-directory.ts';

const SWEEP_MS = 200;
/** The users file is looked at once in so many sweeps. */
const SWEEPS_PER_REFRESH = 10;
/** Longer than a timer can take is for ever: times are ours to keep, see PeerWatch. */
const NEVER_MS = 2 ** 31 - 1;
/** MQTT 3.1.1 section 3.1.2.10: one and a half times the keep-alive. */
const KEEP_ALIVE_MS_PER_SECOND = 1_500;

type Done = (error?: Error | null) => void;

/** What an ingest works with. */
export interface PhoneIngestOptions {
  readonly limits: BrokerLimits;
  readonly take: TakeMessage;
  readonly store: Pick<RecordStore, 'isFull' | 'onRoom'>;
  readonly directory: UserDirectory | undefined;
  readonly asksCertificate: boolean;
  readonly onNotice: OnNotice;
  readonly onEvent: (event: PhoneBrokerEvent) => void;
}

/** The broker behind its listening socket: connections in, messages out to `take`. */
export class PhoneIngest {
  readonly #options: PhoneIngestOptions;
  readonly #refusals: Refusals;
  readonly #budget: InFlightBudget;
  readonly #gate: StoreGate;
  readonly #registry: ClientRegistry;
  readonly #clients = new Set<PhoneClient>();
  readonly #sweeping: NodeJS.Timeout;
  #aedes!: IngestAedes;
  #sweptMs = performance.now();
  /** The clock for peers that take their time, in ms: while this process does not get to run, it stands still. */
  #watchMs = 0;
  #sweeps = 0;
  /** Messages that were taken and are not durable yet. */
  #waiting = 0;
  #onAllDurable: (() => void) | undefined;

  private constructor(options: PhoneIngestOptions) {
    const { limits, onNotice, onEvent } = options;
    const nowMs = (): number => performance.now();
    this.#options = options;
    this.#refusals = new Refusals((reason) => onEvent({ kind: 'refused', reason }), onNotice);
    this.#budget = new InFlightBudget(limits.inFlightBytes);
    this.#gate = new StoreGate(options);
    const credentials = new CredentialCheck({ ...limits, nowMs });
    this.#registry = new ClientRegistry({ ...options, ...limits, credentials, nowMs });
    this.#sweeping = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  /** Begins with nobody connected. */
  static async create(options: PhoneIngestOptions): Promise<PhoneIngest> {
    const ingest = new PhoneIngest(options);
    await ingest.#begin();
    return ingest;
  }

  /** Connections that are open. */
  get connections(): number {
    return this.#clients.size;
  }

  /** What all messages in flight cost; 0 when all is durable. */
  get inFlight(): number {
    return this.#budget.used;
  }

  /** Takes a socket over. */
  accept(socket: PeerSocket): void {
    if (
      this.#onAllDurable !== undefined ||
      this.#clients.size >= this.#options.limits.connections
    ) {
      this.#refusals.add('too-many-connections', performance.now());
      socket.destroy();
      return;
    }
    const onRefused = (reason: RefusalReason): void => this.#refuse(client, reason);
    const options = { limits: this.#options.limits, budget: this.#budget, onRefused };
    const client: PhoneClient = new PhoneClient(socket, options, this.#watchMs);
    this.#clients.add(client);
    client.once('close', () => this.#forget(client));
    this.#aedes.handle(client);
    this.#options.onEvent({ kind: 'connected' });
  }

  /** Counts a connection that came to nothing. */
  refuseConnection(reason: RefusalReason): void {
    this.#refusals.add(reason, performance.now());
  }

  /** Reads nothing more, waits a while until what was taken is durable, and cuts all connections. */
  async close(): Promise<void> {
    for (const client of this.#clients) client.hush();
    const allDurable = new Promise<void>((resolve) => (this.#onAllDurable = resolve));
    if (this.#waiting > 0) await succeedsWithin(this.#options.limits.closeMs, allDurable);
    this.#gate.close();
    // The last acknowledgements are written before that.
    await new Promise((resolve) => setImmediate(resolve));
    clearInterval(this.#sweeping);
    for (const client of this.#clients) client.destroy();
    await new Promise<void>((resolve) => this.#aedes.close(() => resolve()));
  }

  async #begin(): Promise<void> {
    // Loaded on use: it takes 0.1 s.
    const { IngestAedes } = await import('./ingest-aedes.ts');
    const aedes = new IngestAedes({
      id: 'stedi-bridge',
      connectTimeout: NEVER_MS,
      drainTimeout: 0,
      preConnect: (client, packet, done) => {
        noteConnect(phoneOf(client), packet);
        done(null, true);
      },
      authenticate: (client, user, password, done) =>
        this.#registry.authenticate(phoneOf(client), { user, password }, done),
      authorizePublish: (client, packet, done) => this.#publish(client, packet, done),
      authorizeSubscribe: (client, _subscription, done) => {
        this.#refuse(phoneOf(client), 'subscribe');
        // No error: the client is answered with the failure code 0x80.
        done(null, null);
      },
    });
    aedes.on('clientReady', (client) => phoneOf(client).accept());
    await aedes.listen();
    this.#aedes = aedes;
  }

  #refuse(client: PhoneClient, reason: RefusalReason): void {
    const clientId = client.isRegistered ? client.clientId : undefined;
    this.#refusals.add(reason, performance.now(), clientId);
  }

  #forget(client: PhoneClient): void {
    this.#clients.delete(client);
    this.#registry.forget(client);
    this.#options.onEvent({ kind: 'disconnected' });
  }

  /** Runs before aedes acknowledges: while `done` is not called, it does not. */
  #publish(client: Client | null, packet: PublishPacket, done: Done): void {
    if (client === null) return done();
    const phone = phoneOf(client);
    if (packet === phone.will) return this.#takeWill(phone, packet, done);
    // aedes parses to the end of what it has, though a packet before was refused and the room for all given back.
    if (phone.destroyed) return;
    const length = packet.length ?? 0;
    phone.deliver(length);
    if (!phone.mayPublish(packet.topic)) {
      phone.settle(length);
      return phone.refuse('foreign-topic');
    }
    this.#take(packet, () => {
      phone.settle(length);
      // When the connection is gone, nobody is left to be told: the client sends the message again.
      if (!phone.destroyed) done();
    });
  }

  /** Nobody waits for the acknowledgement of a last will: it is taken when there is room. */
  #takeWill(phone: PhoneClient, will: PublishPacket, done: Done): void {
    const cost = messageCost(will.payload.length);
    if (!this.#budget.take(cost)) {
      this.#refuse(phone, 'will-dropped');
      return done();
    }
    // In a CONNECT there is no flag for duplicates.
    this.#take({ ...will, dup: false }, () => {
      this.#budget.release(cost);
      done();
    });
  }

  #take({ topic, payload, dup }: PublishPacket, onDurable: () => void): void {
    this.#waiting++;
    // aedes hands out the bytes as they came.
    this.#gate.take({ topic, payload: payload as Buffer, dup }, () => {
      this.#waiting--;
      onDurable();
      if (this.#waiting === 0) this.#onAllDurable?.();
    });
  }

  #sweep(): void {
    const nowMs = performance.now();
    this.#watchMs += Math.min(nowMs - this.#sweptMs, 2 * SWEEP_MS);
    this.#sweptMs = nowMs;
    for (const client of this.#clients) client.sweep(this.#watchMs);
    this.#sweeps++;
    if (this.#sweeps % SWEEPS_PER_REFRESH === 0) void this.#registry.refresh();
  }
}

/** The connection that `accept` gave to aedes. */
function phoneOf(client: Client): PhoneClient {
  return client.conn as PhoneClient;
}

function noteConnect(phone: PhoneClient, packet: ConnectPacket): void {
  phone.clientId = packet.clientId;
  phone.will = packet.will;
  phone.keepAliveMs = (packet.keepalive ?? 0) * KEEP_ALIVE_MS_PER_SECOND;
  // aedes would count the time in which we do not read, too.
  packet.keepalive = 0;
}
