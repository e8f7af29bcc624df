/** What stands behind a subscriber in tests: something that takes messages, a store that is full at will, a log of states. */
import type { PhoneMessage } from '../../../bridge/ports.ts';

/** Records messages. Each is durable at once, or while `isHolding` when `release` is called. */
export class Taker {
  readonly taken: string[] = [];
  readonly messages: PhoneMessage[] = [];
  isHolding = false;
  readonly #held: (() => void)[] = [];
  #onTaken: () => void = () => undefined;

  readonly take = (message: PhoneMessage, onDurable: () => void): void => {
    this.messages.push({ ...message, payload: Buffer.from(message.payload) });
    this.taken.push(`${message.topic} ${Buffer.from(message.payload).toString()}`);
    if (this.isHolding) this.#held.push(onDurable);
    else onDurable();
    this.#onTaken();
  };

  /** Makes the oldest messages that are held durable; all of them unless told how many. */
  release(messages: number = this.#held.length): void {
    for (const onDurable of this.#held.splice(0, messages)) onDurable();
  }

  /** Makes the newest message that is held durable. */
  releaseNewest(): void {
    this.#held.pop()?.();
  }

  /** Resolves when there are that many. */
  async until(messages: number): Promise<readonly string[]> {
    while (this.taken.length < messages) {
      await new Promise<void>((resolve) => (this.#onTaken = resolve));
    }
    return this.taken;
  }
}

/** Records what was said last and before; resolves when there is that much. */
export class Sayings<Said> {
  readonly said: Said[] = [];
  #onSaid: () => void = () => undefined;

  readonly add = (said: Said): void => {
    this.said.push(said);
    this.#onSaid();
  };

  async until(count: number): Promise<readonly Said[]> {
    while (this.said.length < count) {
      await new Promise<void>((resolve) => (this.#onSaid = resolve));
    }
    return this.said;
  }
}

/** The part of a store that a subscriber sees. */
export class Room {
  isFull = false;
  #listener: () => void = () => undefined;

  onRoom(listener: () => void): void {
    this.#listener = listener;
  }

  free(): void {
    this.isFull = false;
    this.#listener();
  }
}
