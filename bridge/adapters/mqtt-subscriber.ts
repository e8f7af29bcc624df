import type { IPublishPacket, MqttClient } from 'mqtt';

import { brokerAddress, connectFailure, refused } from './broker-failure.ts';
import { succeedsWithin } from './time-limit.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const RECONNECT_PERIOD_MS = 1_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** A subscription that outlives connections. */
export interface Subscriber {
  /** Lets the message at hand finish, within 2 s, and disconnects. The broker keeps the session. May be called again. */
  close(): Promise<void>;
}

/** What to subscribe to, and who takes the messages. */
export interface SubscriberOptions {
  /** `mqtt://host:port`, or `mqtts`, `ws`, `wss`; credentials may be part of it. */
  readonly url: string;
  /** Names the session at the broker: the same after every restart of the bridge. */
  readonly clientId: string;
  readonly filters: readonly string[];
  /**
   * Takes one message at a time, in the order of arrival, and may be called before `connectSubscriber` resolves. Only
   * when it has resolved is the message acknowledged. When it rejects, the connection is dropped and the broker
   * delivers the message again; so it does when the connection breaks first.
   */
  readonly onMessage: (topic: string, payload: Uint8Array) => Promise<void> | void;
  /** Told when the subscription begins or ceases to be served; the first time before `connectSubscriber` resolves. */
  readonly onStateChange?: (isUp: boolean) => void;
  /** How long the first connection may take; 5,000 ms unless given. */
  readonly connectTimeoutMs?: number;
}

/**
 * Subscribes at QoS 1 in a persistent session, and resolves when the broker has granted it. From then on it reconnects
 * for ever.
 * @throws BridgeError `BROKER_UNREACHABLE`, `BROKER_REFUSED`
 */
export async function connectSubscriber(options: SubscriberOptions): Promise<Subscriber> {
  const address = brokerAddress(options.url);
  const timeoutMs = options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  // Loaded on use: it takes 0.2 s, and only live runs need it.
  const { connect } = await import('mqtt');
  const client = connect(options.url, {
    clientId: options.clientId,
    clean: false,
    // For later connects. At the first one our own timer comes earlier, and its error says more.
    connectTimeout: 2 * timeoutMs,
    reconnectPeriod: RECONNECT_PERIOD_MS,
    reconnectOnConnackError: true,
    // MQTT.js forgets a filter that was refused once. We subscribe ourselves.
    resubscribe: false,
  });
  const subscriber = new MqttSubscriber(client, options, address);
  try {
    await subscriber.established(timeoutMs);
  } catch (error) {
    await subscriber.close();
    throw connectFailure(address, error);
  }
  return subscriber;
}

type Acknowledge = Parameters<MqttClient['handleMessage']>[1];

class MqttSubscriber implements Subscriber {
  readonly #client: MqttClient;
  readonly #options: SubscriberOptions;
  readonly #address: string;
  #handling: Promise<void> = Promise.resolve();
  #isSubscribed = false;
  #isUp = false;
  #closed: Promise<void> | undefined;
  #granted: () => void = () => undefined;
  #failed: (cause: unknown) => void = () => undefined;

  constructor(client: MqttClient, options: SubscriberOptions, address: string) {
    this.#client = client;
    this.#options = options;
    this.#address = address;
    client.handleMessage = (packet, acknowledge) => {
      this.#handling = this.#handle(packet, acknowledge);
    };
    client.on('connect', ({ sessionPresent }) => {
      // An earlier run may have left a session with other filters, so that the first connect always subscribes.
      if (this.#isSubscribed && sessionPresent) this.#setUp(true);
      else this.#subscribe();
    });
    client.on('close', () => this.#setUp(false));
  }

  /** Resolves when the broker has granted the subscription; rejects with what went wrong, `undefined` for silence. */
  async established(timeoutMs: number): Promise<void> {
    const outcome = new Promise<void>((resolve, reject) => {
      this.#granted = resolve;
      this.#failed = reject;
      this.#client.once('error', reject);
    });
    const timer = setTimeout(() => this.#failed(undefined), timeoutMs);
    try {
      await outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#disconnect();
    return this.#closed;
  }

  #subscribe(): void {
    const { filters } = this.#options;
    this.#client.subscribe([...filters], { qos: 1 }, (error, granted = []) => {
      // A connection that broke meanwhile is not an answer: the next one asks again.
      if (error && !this.#client.connected) return;
      const isGranted = !error && granted.every(({ qos }) => qos === 1);
      if (isGranted) this.#accept();
      else this.#refuse(error?.message ?? 'it grants no QoS 1', error);
    });
  }

  #accept(): void {
    this.#isSubscribed = true;
    this.#setUp(true);
    this.#granted();
  }

  #refuse(reason: string, cause: Error | null): void {
    const filters = this.#options.filters.join(', ');
    this.#failed(refused(this.#address, `${filters}: ${reason}`, cause ?? undefined));
    // Where the subscription was granted before, the next connect asks again.
    this.#client.stream.destroy();
  }

  #setUp(isUp: boolean): void {
    if (this.#isUp === isUp || this.#closed !== undefined) return;
    this.#isUp = isUp;
    this.#options.onStateChange?.(isUp);
  }

  async #handle(packet: IPublishPacket, acknowledge: Acknowledge): Promise<void> {
    const client = this.#client;
    const { stream } = client;
    if (this.#closed !== undefined) {
      acknowledge(refused(this.#address, 'the subscriber is closing'));
      return;
    }
    // A message is as good a sign of life as the answer to a ping, which has to queue behind the messages.
    client.reschedulePing(true);
    try {
      await this.#options.onMessage(packet.topic, Buffer.from(packet.payload));
    } catch {
      // Without its acknowledgement, the broker sends the message again at the next connect.
      stream.destroy();
      return;
    }
    // On a new connection, the packet id may belong to another message, which nobody has taken yet.
    if (stream.destroyed || client.stream !== stream) return;
    // aedes may send a message ahead of its CONNACK, and MQTT.js would keep the answer for whatever connection comes up.
    if (client.connected) acknowledge();
    else acknowledge(refused(this.#address, 'it sent a message before it accepted the connection'));
  }

  async #disconnect(): Promise<void> {
    const wasUp = this.#isUp;
    await succeedsWithin(CLOSE_TIMEOUT_MS, this.#handling);
    // While MQTT.js waits for an answer to a subscription, it would wait for ever.
    if (wasUp && this.#client.connected) {
      await succeedsWithin(CLOSE_TIMEOUT_MS, this.#client.endAsync());
    }
    this.#client.end(true);
    this.#client.stream.destroy();
  }
}
