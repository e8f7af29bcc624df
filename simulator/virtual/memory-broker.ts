import type { Timers } from '../core/timers.ts';
import type { PhoneNetwork, PhoneUplink, RestartableBroker } from '../fleet/links.ts';

/** Time from a phone to the broker, and from there to the subscriber, in ms. */
const LATENCY_MS = 20;

/** What an in-memory broker runs on. */
export interface MemoryBrokerOptions {
  readonly timers: Timers;
  /** The bridge's subscription: takes every message that the broker accepted. */
  readonly onMessage: (topic: string, payload: Uint8Array) => void;
}

interface WaitingMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly onAcknowledged: () => void;
}

/**
 * An MQTT broker in memory with QoS 1: it acknowledges what it has taken and delivers it in order. While it is down,
 * messages wait at their phones and are sent again afterwards.
 */
export class MemoryBroker implements PhoneNetwork, RestartableBroker {
  readonly #options: MemoryBrokerOptions;
  readonly #waiting: WaitingMessage[] = [];
  #isUp = true;

  constructor(options: MemoryBrokerOptions) {
    this.#options = options;
  }

  connect(): PhoneUplink {
    return {
      publish: (topic, text, onAcknowledged) =>
        this.#send({ topic, payload: Buffer.from(text), onAcknowledged }),
      // What a phone has not got rid of yet it sends when it is opened again: nothing to do here.
      close: () => undefined,
    };
  }

  down(): void {
    this.#isUp = false;
  }

  up(): void {
    this.#isUp = true;
    for (const message of this.#waiting.splice(0)) this.#send(message);
  }

  #send(message: WaitingMessage): void {
    const { timers, onMessage } = this.#options;
    timers.at(timers.now() + LATENCY_MS, () => {
      if (!this.#isUp) {
        this.#waiting.push(message);
        return;
      }
      message.onAcknowledged();
      onMessage(message.topic, message.payload);
    });
  }
}
