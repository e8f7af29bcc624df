import type { Timers } from '../core/timers.ts';
import type { PhoneNetwork, PhoneUplink, RestartableBroker } from '../fleet/links.ts';

/** Time from a phone to the subscriber through the broker, in ms. */
const LATENCY_MS = 20;
/** Time from then until the phone has the acknowledgement, over a mobile network, in ms. */
const ACKNOWLEDGEMENT_MS = 200;

const TAKEN_KEPT = 1_000;

/** A message as the broker delivers it. */
export interface BrokerMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** The DUP flag: it was delivered before, and the subscriber did not say that it was taken. */
  readonly dup: boolean;
}

/** What an in-memory broker runs on. */
export interface MemoryBrokerOptions {
  readonly timers: Timers;
  /** The bridge's subscription; `onTaken` is its acknowledgement. */
  readonly onMessage: (message: BrokerMessage, onTaken: () => void) => void;
  /** Told of each message that somebody sends a second time, because no acknowledgement came. */
  readonly onSentAgain?: () => void;
}

interface Published {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly onAcknowledged: () => void;
  sentMs: number;
  /** Counts the connections that it was sent over. */
  attempt: number;
}

type Queued = Omit<BrokerMessage, 'dup'> & { dup: boolean };

/**
 * An MQTT broker in memory with QoS 1: it acknowledges what it has taken, keeps it for its one subscriber, and delivers it
 * in order. A broker that goes away comes back with what it had taken; phones send again what was not acknowledged, so
 * that some of it comes twice. The same holds for a subscriber that goes away.
 */
export class MemoryBroker implements PhoneNetwork, RestartableBroker {
  readonly #options: MemoryBrokerOptions;
  /** What phones have sent over a connection that still stands, in order. */
  #underWay: Published[] = [];
  /** What the broker has taken of late, in order: the acknowledgement may still be on its way. */
  #taken: Published[] = [];
  /** What phones could not send yet, in order. */
  #unsent: Published[] = [];
  /** What the subscriber has to get, in order. */
  #queue: Queued[] = [];
  readonly #unacknowledged = new Set<Queued>();
  #isUp = true;
  #isSubscribed = true;

  constructor(options: MemoryBrokerOptions) {
    this.#options = options;
  }

  /** True when everything that was published has been taken by the subscriber. */
  get isIdle(): boolean {
    const waiting = this.#underWay.length + this.#unsent.length + this.#queue.length;
    return waiting === 0 && this.#unacknowledged.size === 0;
  }

  connect(): PhoneUplink {
    return {
      publish: (topic, text, onAcknowledged) => {
        const payload = Buffer.from(text);
        const message = { topic, payload, onAcknowledged, sentMs: 0, attempt: 0 };
        if (this.#isUp) this.#send(message);
        else this.#unsent.push(message);
      },
      // What a phone has not got rid of yet it sends when it is opened again: nothing to do here.
      close: () => undefined,
    };
  }

  down(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#giveBack();
    // The broker has these; that it does, their phones were not told any more.
    const untold = this.#taken.filter((message) => this.#isUntold(message));
    for (const _message of untold) this.#options.onSentAgain?.();
    for (const message of this.#underWay) message.attempt++;
    this.#unsent = [...untold, ...this.#underWay];
    this.#underWay = [];
    this.#taken = [];
  }

  up(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#deliver();
    for (const message of this.#unsent.splice(0)) this.#send(message);
  }

  /** The subscriber is gone; its session stays. */
  loseSubscriber(): void {
    this.#isSubscribed = false;
    this.#giveBack();
  }

  /** The subscriber is back: it gets what it has missed, and what it had not acknowledged. */
  regainSubscriber(): void {
    this.#isSubscribed = true;
    this.#deliver();
  }

  #send(message: Published): void {
    const { timers } = this.#options;
    const { attempt } = message;
    message.sentMs = timers.now();
    this.#underWay.push(message);
    timers.at(message.sentMs + LATENCY_MS, () => {
      if (attempt !== message.attempt) return;
      // All messages take the same time: the first to be sent is the first to arrive.
      this.#underWay.shift();
      message.onAcknowledged();
      this.#keepTaken(message);
      this.#queue.push({ topic: message.topic, payload: message.payload, dup: false });
      this.#deliver();
    });
  }

  #keepTaken(message: Published): void {
    const first = this.#taken[0];
    // Looked through now and then, so that it costs next to nothing for each message.
    if (first !== undefined && this.#taken.length >= TAKEN_KEPT && !this.#isUntold(first)) {
      this.#taken = this.#taken.filter((older) => this.#isUntold(older));
    }
    this.#taken.push(message);
  }

  #isUntold({ sentMs }: Published): boolean {
    return this.#options.timers.now() < sentMs + LATENCY_MS + ACKNOWLEDGEMENT_MS;
  }

  #deliver(): void {
    while (this.#isUp && this.#isSubscribed) {
      const message = this.#queue.shift();
      if (message === undefined) return;
      this.#unacknowledged.add(message);
      const { topic, payload, dup } = message;
      this.#options.onMessage({ topic, payload, dup }, () => this.#unacknowledged.delete(message));
    }
  }

  /** What the subscriber has got and not acknowledged is delivered once more when it is back. */
  #giveBack(): void {
    const again = [...this.#unacknowledged].map(({ topic, payload }) => {
      this.#options.onSentAgain?.();
      return { topic, payload, dup: true };
    });
    this.#unacknowledged.clear();
    this.#queue = [...again, ...this.#queue];
  }
}
