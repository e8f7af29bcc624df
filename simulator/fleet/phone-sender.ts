import { isActive } from '../core/faults.ts';
import type { MessageFault, OfflineFault, PhoneFault } from '../core/faults.ts';
import { drawChance, drawInteger } from '../core/random.ts';
import type { Random, RandomStreams } from '../core/random.ts';
import type { Timers } from '../core/timers.ts';
import type { TruthAcceleration, TruthLedger } from '../core/truth-ledger.ts';
import type { PhoneUplink } from './links.ts';

/** What a phone's sender needs of the world around it. */
export interface PhoneSenderOptions {
  readonly topic: string;
  readonly timers: Timers;
  readonly ledger: TruthLedger;
  /** Opens the stream of a name; each kind of fault draws from its own. */
  readonly streams: RandomStreams;
  /** The faults of this phone; more may be added while it is in use. */
  readonly faults: readonly PhoneFault[];
  readonly connect: () => PhoneUplink;
}

/** A message with the samples that it carries. */
export interface OutgoingMessage {
  readonly payload: string;
  readonly truths: readonly TruthAcceleration[];
}

/**
 * The way of a phone's messages to its uplink, with all that goes wrong on it: they are lost, late, overtaken, sent twice,
 * or wait for the network. What waits when the app is closed is sent all the same.
 */
export class PhoneSender {
  readonly #options: PhoneSenderOptions;
  readonly #randoms = new Map<string, Random>();
  readonly #backlog: OutgoingMessage[] = [];
  #uplink: PhoneUplink | undefined;
  #isOpen = false;
  /** Messages that are held back. */
  #held = 0;

  constructor(options: PhoneSenderOptions) {
    this.#options = options;
  }

  /** True while the app is open. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** True when nothing waits here any more. */
  get isSettled(): boolean {
    return this.#held === 0 && this.#backlog.length === 0;
  }

  /** Opens the app. */
  open(): void {
    this.#isOpen = true;
    this.#uplink ??= this.#options.connect();
  }

  /** Closes the app; the connection stays as long as something waits. */
  close(): void {
    this.#isOpen = false;
    this.#hangUpIfDone();
  }

  /** Sends a message, if the app is open, as far as faults let it. */
  publish(message: OutgoingMessage): void {
    if (!this.#isOpen) return;
    const { ledger, timers } = this.#options;
    if (this.#findHit('drop') !== undefined) {
      ledger.note('message-lost');
      this.#tellSent(message, ['drop']);
      for (const truth of message.truths) ledger.noteFate(truth, 'lost');
      return;
    }
    const waitMs = this.#drawWait();
    if (waitMs === 0) return this.#send(message);
    this.#held++;
    timers.at(timers.now() + waitMs, () => {
      this.#held--;
      this.#send(message);
      this.#hangUpIfDone();
    });
  }

  /** Sends what has waited for the network, in its order; it waits on if the network is away for another reason. */
  sendBacklog(): void {
    for (const message of this.#backlog.splice(0)) this.#send(message);
    this.#hangUpIfDone();
  }

  #drawWait(): number {
    const { ledger } = this.#options;
    const late = this.#findHit('late');
    if (late !== undefined) ledger.note('message-late');
    const reordered = this.#findHit('reorder');
    if (reordered === undefined) return late?.byMs ?? 0;
    ledger.note('message-reordered');
    const overtakenMs = drawInteger(this.#randomOf('reorder'), 1, reordered.byMs);
    return (late?.byMs ?? 0) + overtakenMs;
  }

  #send(message: OutgoingMessage): void {
    const { timers } = this.#options;
    const offline = this.#findOffline();
    if (offline !== undefined) {
      if (this.#backlog.length === 0) {
        this.#options.ledger.note('phone-offline');
        if (offline.untilMs < Infinity) timers.at(offline.untilMs, () => this.sendBacklog());
      }
      this.#backlog.push(message);
      return;
    }
    this.#pass(message);
    if (this.#sendsTwice()) {
      this.#options.ledger.note('message-duplicated');
      this.#pass(message);
    }
  }

  #pass({ payload, truths }: OutgoingMessage): void {
    const { topic, timers, ledger } = this.#options;
    const madeMs = truths[0]?.atMs ?? timers.now();
    const lateMs = timers.now() - madeMs;
    if (lateMs > 0) for (const truth of truths) ledger.noteLate(truth, lateMs);
    this.#tellSent({ payload, truths }, []);
    this.#uplink?.publish(topic, payload, () => {
      for (const truth of truths) ledger.noteFate(truth, 'sent');
    });
  }

  #tellSent({ payload, truths }: OutgoingMessage, damages: readonly string[]): void {
    const { ledger, timers } = this.#options;
    ledger.onSent?.({
      readings: truths.map(({ id }) => id),
      atMs: timers.now(),
      meant: payload,
      passed: damages.length > 0 ? '' : payload,
      damages,
    });
  }

  #hangUpIfDone(): void {
    if (this.#isOpen || !this.isSettled) return;
    this.#uplink?.close();
    this.#uplink = undefined;
  }

  #findHit(what: MessageFault['what']): MessageFault | undefined {
    const nowMs = this.#options.timers.now();
    return this.#options.faults.find(
      (fault): fault is MessageFault =>
        fault.kind === 'message' &&
        fault.what === what &&
        isActive(fault, nowMs) &&
        drawChance(this.#randomOf(what), fault.rate),
    );
  }

  #findOffline(): OfflineFault | undefined {
    const nowMs = this.#options.timers.now();
    return this.#options.faults.find(
      (fault): fault is OfflineFault => fault.kind === 'offline' && isActive(fault, nowMs),
    );
  }

  #sendsTwice(): boolean {
    const { faults, timers } = this.#options;
    const fault = faults.find(
      (candidate) => candidate.kind === 'duplicate' && isActive(candidate, timers.now()),
    );
    return fault?.kind === 'duplicate' && drawChance(this.#randomOf('duplicate'), fault.rate);
  }

  #randomOf(name: string): Random {
    const random = this.#randoms.get(name) ?? this.#options.streams(name);
    this.#randoms.set(name, random);
    return random;
  }
}
