/** A bridge behind a real broker: subscriber, intake, spool on a temporary folder and landing, and what the oracle needs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SystemTimers } from '../../bridge/adapters/system-timers.ts';
import { Bridge } from '../../bridge/bridge.ts';
import type { LandingObject } from '../../bridge/core/landing-batches.ts';
import { Lander } from '../../bridge/landing/lander.ts';
import type { PhoneMessage } from '../../bridge/ports.ts';
import { openSpool } from '../../bridge/spool/open-spool.ts';
import type { DurableStore } from '../../bridge/spool/spool-contract.ts';
import { connectSubscriber } from '../../bridge/subscriber/subscriber.ts';
import type { Subscriber, SubscriberOptions } from '../../bridge/subscriber/subscription.ts';
import { PHONE_TOPIC_FILTERS } from '../../firmware-protocol/index.ts';
import { judgeFault } from './oracle.ts';
import type { FaultVerdict } from './oracle.ts';
import type { Reading } from './reading-publisher.ts';

/** Instants at which each fault strikes. */
export const SEEDS: readonly number[] = Array.from({ length: 20 }, (_, seed) => seed);

/** Small segments: many objects. */
const SEGMENT_BYTES = 1 << 20;

/** One bridge and its storage, for as long as a test lasts. */
export class SubscriberStage {
  readonly notices: string[] = [];
  readonly #folder: string;
  readonly #timers: SystemTimers;
  readonly #store: DurableStore;
  readonly #lander: Lander;
  readonly #bridge: Bridge;
  readonly #objects: Map<string, LandingObject>;
  readonly #durable = new Set<string>();
  #subscriber: Subscriber | undefined;
  #received = 0;
  /** By subscribers that are closed. */
  #acknowledged = 0;
  #isHeld = false;
  #release: () => void = () => undefined;
  #onChange: () => void = () => undefined;

  private constructor(folder: string, timers: SystemTimers, store: DurableStore) {
    const objects = new Map<string, LandingObject>();
    this.#folder = folder;
    this.#timers = timers;
    this.#store = store;
    this.#objects = objects;
    this.#bridge = new Bridge({ store, timers });
    this.#lander = new Lander({
      source: store,
      sink: { put: async (object) => void objects.set(object.key, object) },
      bridgeId: 'faults',
      timers,
      random: () => 0,
      onNotice: ({ text }) => this.notices.push(text),
    });
    this.#lander.start();
  }

  static async open(): Promise<SubscriberStage> {
    const folder = await mkdtemp(join(tmpdir(), 'stedi-subscriber-'));
    const timers = new SystemTimers();
    const store = await openSpool({
      folder: join(folder, 'spool'),
      timers,
      limits: { segmentBytes: SEGMENT_BYTES },
      onNotice: () => undefined,
    });
    return new SubscriberStage(folder, timers, store);
  }

  /** How many messages came, every delivery counted. */
  get received(): number {
    return this.#received;
  }

  get subscriber(): Subscriber {
    return this.#subscriber as Subscriber;
  }

  /** Begins to subscribe, with short pauses between attempts. */
  async subscribe(options: Partial<SubscriberOptions> & { readonly url: string }): Promise<void> {
    const isFull = (): boolean => this.#isHeld || this.#store.isFull;
    this.#subscriber = await connectSubscriber({
      clientId: 'bridge',
      filters: Object.values(PHONE_TOPIC_FILTERS),
      take: (message, onDurable) => this.#take(message, onDurable),
      store: {
        get isFull() {
          return isFull();
        },
        onRoom: (listener) => {
          this.#release = listener;
          this.#store.onRoom(listener);
        },
      },
      retryPauseMs: (failures) => Math.min(5 * failures, 50),
      onNotice: ({ text }) => this.notices.push(text),
      onStateChange: () => this.#onChange(),
      ...options,
    });
  }

  /** Resolves when the subscriber is served by its `connections`-th connection or a later one. */
  async untilUp(connections: number): Promise<void> {
    await this.until(() => {
      const { health } = this.subscriber;
      return health.state === 'up' && health.connections >= connections;
    });
  }

  /** Disconnects in order. Spool and landing go on. */
  async unsubscribe(): Promise<void> {
    await this.#subscriber?.close();
    this.#acknowledged += this.#subscriber?.health.acknowledged ?? 0;
    this.#subscriber = undefined;
  }

  /** From now on nothing is read, until `release`. */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#release();
  }

  /** Resolves when it holds; asked each time something came or became durable, or the subscriber came or went. */
  async until(isReached: () => boolean): Promise<void> {
    while (!isReached()) await new Promise<void>((resolve) => (this.#onChange = resolve));
  }

  isDurable(reading: Reading): boolean {
    return this.#durable.has(reading.line);
  }

  /** Resolves when all of them are durable at the bridge. */
  async untilDurable(readings: readonly Reading[]): Promise<void> {
    let done = 0;
    await this.until(() => {
      while (done < readings.length && this.isDurable(readings[done] as Reading)) done++;
      return done === readings.length;
    });
  }

  /**
   * Lands everything and judges it. `isSafe` tells of which readings more than the bridge promised that they last; those
   * that the bridge has acknowledged must be there in any case.
   */
  async judge(
    sent: readonly Reading[],
    fresh: Reading,
    isSafe: (reading: Reading) => boolean = ({ isAccepted }) => isAccepted,
  ): Promise<FaultVerdict> {
    await this.unsubscribe();
    await this.#store.seal();
    await this.#lander.drained();
    const { redelivered, repeated } = this.#bridge.counts.duplicates;
    return judgeFault({
      sent: sent.map((reading) => ({
        line: reading.line,
        acknowledged: isSafe(reading) || this.isDurable(reading),
        poison: false,
      })),
      objects: [...this.#objects.values()].map(({ key, body }) => ({
        key,
        body: typeof body === 'string' ? Buffer.from(body) : body,
      })),
      duplicatesRecognised: redelivered + repeated,
      fresh: fresh.line,
      // The bridge lives through all of it, and each message is a row.
      deliveries: { least: Math.max(this.#received, this.#acknowledged), most: this.#received },
    });
  }

  async close(): Promise<void> {
    await this.unsubscribe();
    await this.#lander.stop(0);
    await this.#store.close();
    this.#timers.stop();
    await rm(this.#folder, { recursive: true });
  }

  #take(message: PhoneMessage, onDurable: () => void): void {
    this.#received++;
    const { buffer, byteOffset, byteLength } = message.payload;
    const line = Buffer.from(buffer, byteOffset, byteLength).toString();
    this.#bridge.take(message, () => {
      this.#durable.add(line);
      onDurable();
      this.#onChange();
    });
    this.#onChange();
  }
}
