/**
 * Recognises MQTT messages that come again. QoS 1 delivers at least once, and phones send again what they are not sure
 * of. Each client has a window of its latest messages; what it no longer holds lands twice, and the trusted zone makes
 * one of it. Packet ids play no part: they wrap, and differ from connection to connection.
 */
import type { DuplicateKind } from './bridge-counts.ts';

/** How much is remembered. */
export interface WindowLimits {
  /** Clients, those that were heard longest ago forgotten first: between half of it and all of it are held. */
  readonly clientsMax: number;
  /** Messages of one client; 0 recognises none. */
  readonly messagesMax: number;
}

/** At most 30 MB: 10,000 clients with 128 messages of 24 bytes each. */
export const WINDOW_LIMITS: WindowLimits = { clientsMax: 10_000, messagesMax: 128 };

/** For a bridge that forgets at once, as one does that was restarted. */
export const NO_WINDOWS: WindowLimits = { clientsMax: 2, messagesMax: 0 };

/** What tells a message apart, as hashes. */
export interface MessageMark {
  /** Of session and seq; NaN for a message without them. */
  readonly identity: number;
  readonly payload: number;
}

/** What a message is to its client's window; `place` is what was remembered with the message that it repeats. */
export type Recognised =
  | { readonly kind: 'new' | 'conflicting' }
  | { readonly kind: Exclude<DuplicateKind, 'conflicting'>; readonly place: number };

const NEW: Recognised = { kind: 'new' };
const CONFLICTING: Recognised = { kind: 'conflicting' };
const FIRST_CAPACITY = 4;
const NOTHING = new Float64Array(0);

/** The latest messages of one client. */
export class MessageWindow {
  readonly #max: number;
  #identities = NOTHING;
  #payloads = NOTHING;
  #places = NOTHING;
  #count = 0;
  #next = 0;

  constructor(messagesMax: number) {
    this.#max = messagesMax;
  }

  /**
   * Whether a message is in the window. With session and seq, the same payload again is a duplicate, and another one is
   * a conflict, which lands. Without them two equal payloads may be two readings: only a sender that says with `isDup`
   * that it may have sent this before is believed.
   */
  recognise({ identity, payload }: MessageMark, isDup: boolean): Recognised {
    const identities = this.#identities;
    const payloads = this.#payloads;
    const count = this.#count;
    const hasIdentity = !Number.isNaN(identity);
    let isConflict = false;
    for (let index = 0; index < count; index++) {
      const isSame = identities[index] === identity;
      if (payloads[index] === payload && (isSame || (!hasIdentity && isDup))) {
        return { kind: isDup ? 'redelivered' : 'repeated', place: this.#places[index] as number };
      }
      isConflict ||= isSame;
    }
    return isConflict ? CONFLICTING : NEW;
  }

  /** Takes a message into the window, and lets the oldest one go when it is full. */
  remember({ identity, payload }: MessageMark, place: number): void {
    if (this.#max === 0) return;
    if (this.#count === this.#places.length && this.#count < this.#max) this.#grow();
    this.#identities[this.#next] = identity;
    this.#payloads[this.#next] = payload;
    this.#places[this.#next] = place;
    this.#count = Math.max(this.#count, this.#next + 1);
    this.#next = (this.#next + 1) % Math.min(this.#places.length, this.#max);
  }

  /** Most clients of a crowd send little: a window grows with what it holds. */
  #grow(): void {
    this.#next = this.#count;
    this.#identities = doubled(this.#identities);
    this.#payloads = doubled(this.#payloads);
    this.#places = doubled(this.#places);
  }
}

/** The windows of the clients that were heard latest. */
export class DuplicateWindows {
  readonly #limits: WindowLimits;
  /** Two generations: when the young one is full, it becomes the old one, and who is only there is forgotten. */
  #young = new Map<string, MessageWindow>();
  #old = new Map<string, MessageWindow>();

  constructor(limits: WindowLimits = WINDOW_LIMITS) {
    this.#limits = limits;
  }

  /** The window of a client, by any name that is its own; `undefined` when it is new or forgotten. */
  find(client: string): MessageWindow | undefined {
    const young = this.#young.get(client);
    if (young !== undefined) return young;
    const old = this.#old.get(client);
    if (old !== undefined) this.#keep(client, old);
    return old;
  }

  /** An empty window for a client. */
  open(client: string): MessageWindow {
    const window = new MessageWindow(this.#limits.messagesMax);
    this.#keep(client, window);
    return window;
  }

  /** How many windows are held; one that has moved between the generations counts twice. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #keep(client: string, window: MessageWindow): void {
    if (this.#young.size >= this.#limits.clientsMax / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(client, window);
  }
}

function doubled(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(FIRST_CAPACITY, 2 * values.length));
  larger.set(values);
  return larger;
}
