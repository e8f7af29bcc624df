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

interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly onAcknowledged: () => void;
}

/**
 * An MQTT broker in memory with QoS 1: it acknowledges what it has taken and delivers it in order. While it is down,
 * messages wait at their phones; afterwards they are sent again, in front of everything that was published since.
 */
export class MemoryBroker implements PhoneNetwork, RestartableBroker {
  readonly #options: MemoryBrokerOptions;
  /** What was published and not delivered yet, in order. */
  readonly #published: Message[] = [];
  /** How many of these reached the broker while it was down. */
  #stranded = 0;
  #isUp = true;

  constructor(options: MemoryBrokerOptions) {
    this.#options = options;
  }

  connect(): PhoneUplink {
    return {
      publish: (topic, text, onAcknowledged) => {
        this.#published.push({ topic, payload: Buffer.from(text), onAcknowledged });
        this.#sendNext();
      },
      // What a phone has not got rid of yet it sends when it is opened again: nothing to do here.
      close: () => undefined,
    };
  }

  down(): void {
    this.#isUp = false;
  }

  up(): void {
    this.#isUp = true;
    for (; this.#stranded > 0; this.#stranded--) this.#sendNext();
  }

  /** Each arrival delivers the oldest message: what is under way when the broker comes back overtakes nothing. */
  #sendNext(): void {
    const { timers, onMessage } = this.#options;
    timers.at(timers.now() + LATENCY_MS, () => {
      if (!this.#isUp) {
        this.#stranded++;
        return;
      }
      const { topic, payload, onAcknowledged } = this.#published.shift() as Message;
      onAcknowledged();
      onMessage(topic, payload);
    });
  }
}
