/** The embedded broker before a bridge whose store takes a moment, and loses what it has not synced when it crashes. */
import { onTestFinished } from 'vitest';

import { startPhoneBroker } from '../../bridge/broker/index.ts';
import type { PhoneBroker, PhoneBrokerOptions } from '../../bridge/broker/index.ts';
import { Bridge } from '../../bridge/index.ts';
import type { RecordStore, TakeMessage } from '../../bridge/index.ts';
import { RawPhone } from '../bridge/broker/raw-phone.ts';
import { judgeFault } from './oracle.ts';
import type { FaultVerdict, Landed } from './oracle.ts';
import { ReadingSource } from './reading-publisher.ts';
import type { Reading } from './reading-publisher.ts';

type BatchTable = Parameters<RecordStore['append']>[0];

interface Pending {
  readonly table: BatchTable;
  readonly lines: Uint8Array;
  readonly rows: number;
  readonly onDurable: (() => void) | undefined;
}

/** A store in memory: what is appended is durable two turns of the event loop later. */
export class TurnStore implements RecordStore {
  readonly isFull: boolean = false;
  readonly durable: { readonly table: BatchTable; readonly lines: Uint8Array }[] = [];
  #pending: Pending[] = [];
  #isSyncing = false;

  append(table: BatchTable, lines: Uint8Array, rows: number, onDurable?: () => void): void {
    this.#pending.push({ table, lines: Uint8Array.from(lines), rows, onDurable });
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    setImmediate(() => setImmediate(() => this.#sync()));
  }

  flush(): void {}

  onRoom(): void {}

  /** What is not durable by now never was. Gives how many rows that is. */
  crash(): number {
    const lost = this.#pending.reduce((sum, { rows }) => sum + rows, 0);
    this.#pending = [];
    return lost;
  }

  #sync(): void {
    this.#isSyncing = false;
    const synced = this.#pending;
    this.#pending = [];
    for (const { table, lines, onDurable } of synced) {
      this.durable.push({ table, lines });
      onDurable?.();
    }
  }
}

/** What the bridge keeps of one life; a restart begins another. */
export class BrokerFaultStage {
  readonly store: TurnStore = new TurnStore();
  readonly refusals: string[] = [];
  readonly source: ReadingSource = new ReadingSource();
  broker!: PhoneBroker;
  #options: Partial<PhoneBrokerOptions> = {};
  #bridge!: Bridge;
  #duplicates = 0;
  /** Messages that reached the bridge, each of which is a row, without those that died with it. */
  #taken = 0;
  #onEvent: () => void = () => undefined;

  static async start(options: Partial<PhoneBrokerOptions> = {}): Promise<BrokerFaultStage> {
    const stage = new BrokerFaultStage();
    stage.#options = options;
    await stage.#open(0);
    onTestFinished(() => stage.broker.close());
    return stage;
  }

  get port(): number {
    return this.broker.port;
  }

  /** The process dies: what was not durable is gone, no client is told anything, and another one begins on the same port. */
  async restart(): Promise<void> {
    const { port } = this.broker;
    this.#taken -= this.store.crash();
    this.#duplicates += this.#duplicatesOfThisLife();
    await this.broker.close();
    await this.#open(port);
  }

  /** Resolves when so many refusals were counted. */
  async refused(count: number): Promise<void> {
    while (this.refusals.length < count) {
      await new Promise<void>((resolve) => (this.#onEvent = resolve));
    }
  }

  /** Resolves when so many clients are connected. */
  async connected(count: number): Promise<void> {
    while (this.broker.connections !== count) {
      await new Promise<void>((resolve) => (this.#onEvent = resolve));
    }
  }

  /** Sends one more reading from a client of its own, and judges everything. */
  async judge(
    phones: readonly FaithfulPhone[],
    more: { readonly credentials?: Credentials; readonly peakRssBytes?: number } = {},
  ): Promise<FaultVerdict> {
    const { credentials, ...outcome } = more;
    const fresh = new FaithfulPhone(this, credentials?.username ?? 'fresh', credentials);
    await fresh.publish(1);
    fresh.close();
    const all = [...phones, fresh];
    const sum = (of: (phone: FaithfulPhone) => number): number =>
      all.reduce((total, phone) => total + of(phone), 0);
    return judgeFault({
      ...outcome,
      sent: all.flatMap(({ readings }) =>
        readings.map(({ line, isAccepted }) => ({
          line,
          acknowledged: isAccepted,
          poison: false,
        })),
      ),
      objects: objectsOf(this.store),
      duplicatesRecognised: this.#duplicates + this.#duplicatesOfThisLife(),
      fresh: fresh.readings[0]?.line ?? '',
      deliveries: {
        least: Math.max(
          this.#taken,
          sum(({ readings }) => readings.filter(({ isAccepted }) => isAccepted).length),
        ),
        most: Math.min(
          this.#taken,
          sum(({ deliveries }) => deliveries),
        ),
      },
    });
  }

  async #open(port: number): Promise<void> {
    const timers = { now: () => 1_655_564_444_103, at: () => undefined };
    this.#bridge = new Bridge({ store: this.store, timers });
    const { limits, take, ...options } = this.#options;
    this.broker = await startPhoneBroker({
      listen: { host: '127.0.0.1', port },
      onNotice: () => undefined,
      ...options,
      // A process that dies waits for nobody.
      limits: { closeMs: 0, ...limits },
      take: take ?? this.take,
      store: this.store,
      onEvent: (event) => {
        if (event.kind === 'refused') this.refusals.push(event.reason);
        this.#onEvent();
      },
    });
  }

  /** What the bridge takes, behind something else that looks at it first. */
  get take(): TakeMessage {
    const { take } = this.#bridge;
    return (message, onDurable) => {
      this.#taken++;
      take(message, onDurable);
    };
  }

  #duplicatesOfThisLife(): number {
    return Object.values(this.#bridge.counts.duplicates).reduce((sum, count) => sum + count, 0);
  }
}

/** What is durable, as the oracle takes it. */
export function objectsOf(store: TurnStore): Landed[] {
  const tables = new Map<string, Uint8Array[]>();
  for (const { table, lines } of store.durable) {
    const all = tables.get(table) ?? [];
    tables.set(table, all);
    all.push(lines);
  }
  return [...tables].map(([table, lines]) => ({
    key: `${table}/date=2022-06-18/all.json`,
    body: Buffer.concat(lines),
  }));
}

/** What a phone proves itself with. */
export interface Credentials {
  readonly username: string;
  readonly password: Buffer;
}

/** A phone that sends each reading until it is acknowledged: after a broken connection again, as a duplicate. */
export class FaithfulPhone {
  readonly readings: Reading[] = [];
  /** How often readings were sent. */
  deliveries = 0;
  readonly #stage: BrokerFaultStage;
  readonly #clientId: string;
  readonly #credentials: Credentials | undefined;
  #connection: RawPhone | undefined;
  #lastId = 0;

  constructor(stage: BrokerFaultStage, clientId: string, credentials?: Credentials) {
    this.#stage = stage;
    this.#clientId = clientId;
    this.#credentials = credentials;
  }

  /** Publishes so many readings at once, and resolves when all are acknowledged. */
  async publish(count: number): Promise<void> {
    const readings = this.#stage.source.next(count, this.#clientId);
    this.readings.push(...readings);
    const waiting = new Map<number, Reading>();
    for (const reading of readings) {
      this.#lastId = (this.#lastId % 65_535) + 1;
      waiting.set(this.#lastId, reading);
    }
    for (let attempt = 0; waiting.size > 0; attempt++) {
      const connection = await this.#connect();
      for (const [id, { line }] of waiting) {
        this.deliveries++;
        connection.publish(line, { id, dup: attempt > 0 });
      }
      await this.#acknowledged(connection, waiting);
    }
  }

  close(): void {
    this.#connection?.kill();
  }

  async #acknowledged(connection: RawPhone, waiting: Map<number, Reading>): Promise<void> {
    while (waiting.size > 0) {
      const puback = await connection.next('puback');
      if (puback === undefined) return;
      const reading = waiting.get(puback.messageId ?? 0);
      if (reading !== undefined) reading.isAccepted = true;
      waiting.delete(puback.messageId ?? 0);
    }
  }

  async #connect(): Promise<RawPhone> {
    while (this.#connection === undefined || this.#connection.socket.destroyed) {
      const phone = await RawPhone.connect(this.#stage.port, {
        clientId: this.#clientId,
        ...this.#credentials,
      });
      if (phone.returnCode !== 0) phone.kill();
      this.#connection = phone;
    }
    return this.#connection;
  }
}
