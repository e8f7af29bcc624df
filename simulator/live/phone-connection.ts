import type { MqttClient } from 'mqtt';

import { encodePhoneStatus, phoneTopic } from '../../firmware-protocol/index.ts';
import type { PhoneStatus } from '../../firmware-protocol/index.ts';
import { SimulatorError } from '../simulator-error.ts';
import { brokerAddress, brokerFailure } from './broker-failure.ts';
import { succeedsWithin } from './time-limit.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const RECONNECT_PERIOD_MS = 250;
const ACKNOWLEDGEMENTS_TIMEOUT_MS = 3_000;
const DISCONNECT_TIMEOUT_MS = 1_000;
/** Well below the 65,535 packet ids of MQTT, so that no two waiting messages ever share one. */
const BACKLOG_MAX = 10_000;

/** A phone's connection to the broker. It reconnects for ever until it is closed or killed. */
export interface PhoneConnection {
  /**
   * Publishes at QoS 1 and resolves when the broker has acknowledged it, after any number of reconnects.
   * @throws SimulatorError `PHONE_CLOSED` when the phone was closed or killed first, `PHONE_BACKLOG_FULL` when 10,000 messages wait
   */
  publish(topic: string, payload: string): Promise<void>;
  /** Waits up to 3 s for the acknowledgements in flight, says that the phone is offline and disconnects. May be called again. */
  close(): Promise<void>;
  /** Drops the connection as a flat battery does: the broker publishes the last will. */
  kill(): void;
}

/**
 * Connects a phone and announces it: a retained `online` on its status topic at every connect, a retained `offline` as
 * its last will.
 * @throws SimulatorError `BROKER_UNREACHABLE`, `BROKER_REFUSED`
 */
export async function connectPhone(options: {
  readonly url: string;
  readonly clientId: string;
}): Promise<PhoneConnection> {
  const { url, clientId } = options;
  const address = brokerAddress(url);
  // Loaded on use: it takes 0.2 s, and only live runs need it.
  const { connect } = await import('mqtt');
  const client = connect(url, {
    clientId,
    clean: true,
    // For later connects. At the first one our own timer comes earlier, and its error says more.
    connectTimeout: 2 * CONNECT_TIMEOUT_MS,
    reconnectPeriod: RECONNECT_PERIOD_MS,
    reconnectOnConnackError: true,
    will: { ...statusMessage(clientId, 'offline'), qos: 1 },
  });
  const phone = new MqttPhone(client, clientId);
  try {
    await firstConnect(client);
  } catch (error) {
    phone.kill();
    throw brokerFailure(address, error);
  }
  return phone;
}

/** Resolves at the first connect, rejects with the first error, or with `undefined` when there is no answer in time. */
function firstConnect(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, CONNECT_TIMEOUT_MS);
    client.once('error', reject);
    client.once('connect', () => resolve());
    client.once('connect', () => clearTimeout(timer));
    client.once('error', () => clearTimeout(timer));
  });
}

interface Message {
  readonly topic: string;
  readonly payload: Buffer;
  readonly retain: boolean;
}

function statusMessage(clientId: string, status: PhoneStatus): Message {
  return {
    topic: phoneTopic(clientId, 'status'),
    payload: Buffer.from(encodePhoneStatus(status)),
    retain: true,
  };
}

/** A message without its acknowledgement. */
class Pending {
  readonly message: Message;
  readonly acknowledged: Promise<void>;
  resolve!: () => void;
  reject!: (error: SimulatorError) => void;

  constructor(message: Message) {
    this.message = message;
    this.acknowledged = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

class MqttPhone implements PhoneConnection {
  readonly #client: MqttClient;
  readonly #clientId: string;
  readonly #pending = new Set<Pending>();
  /** Messages that MQTT.js gave back because the connection broke while it was sending the older ones again. */
  #givenBack: Pending[] = [];
  #closed: Promise<void> | undefined;

  constructor(client: MqttClient, clientId: string) {
    this.#client = client;
    this.#clientId = clientId;
    client.on('connect', () => this.#greet());
  }

  publish(topic: string, payload: string): Promise<void> {
    if (this.#closed !== undefined) return Promise.reject(phoneClosed(this.#clientId));
    if (this.#pending.size >= BACKLOG_MAX) return Promise.reject(backlogFull(this.#clientId));
    return this.#send({ topic, payload: Buffer.from(payload), retain: false }).acknowledged;
  }

  close(): Promise<void> {
    this.#closed ??= this.#signOff();
    return this.#closed;
  }

  kill(): void {
    this.#closed ??= Promise.resolve();
    this.#client.end(true);
    // A graceful end that is under way would ignore the forced one.
    this.#client.stream.destroy();
    for (const pending of this.#pending) pending.reject(phoneClosed(this.#clientId));
    this.#pending.clear();
  }

  #greet(): void {
    const givenBack = this.#givenBack;
    this.#givenBack = [];
    if (this.#closed === undefined) this.#announce('online');
    for (const pending of givenBack) this.#offer(pending);
  }

  #announce(status: PhoneStatus): void {
    // Only a kill makes it fail, and then the last will says it.
    this.#send(statusMessage(this.#clientId, status)).acknowledged.catch(() => undefined);
  }

  #send(message: Message): Pending {
    const pending = new Pending(message);
    this.#pending.add(pending);
    this.#offer(pending);
    return pending;
  }

  #offer(pending: Pending): void {
    const { topic, payload, retain } = pending.message;
    this.#client.publish(topic, payload, { qos: 1, retain }, (error) => {
      if (!this.#pending.has(pending)) return;
      if (error) {
        this.#givenBack.push(pending);
      } else {
        this.#pending.delete(pending);
        pending.resolve();
      }
    });
  }

  async #signOff(): Promise<void> {
    this.#announce('offline');
    const acknowledged = Promise.all([...this.#pending].map((pending) => pending.acknowledged));
    const isDone = await succeedsWithin(ACKNOWLEDGEMENTS_TIMEOUT_MS, acknowledged);
    // MQTT.js leaves a connection attempt open when it is asked to end gracefully in the middle of one.
    if (isDone && this.#client.connected) {
      await succeedsWithin(DISCONNECT_TIMEOUT_MS, this.#client.endAsync());
    }
    this.kill();
  }
}

function phoneClosed(clientId: string): SimulatorError {
  return new SimulatorError(
    'PHONE_CLOSED',
    `Phone ${clientId} was closed before the broker acknowledged the message. Publish before closing, and keep the broker up.`,
  );
}

function backlogFull(clientId: string): SimulatorError {
  return new SimulatorError(
    'PHONE_BACKLOG_FULL',
    `Phone ${clientId} has ${BACKLOG_MAX} messages that the broker has not acknowledged. Bring the broker back, or publish more slowly.`,
  );
}
