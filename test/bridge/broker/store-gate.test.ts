import { expect, it } from 'vitest';
import { StoreGate } from '../../../bridge/broker/store-gate.ts';
import type { PhoneMessage } from '../../../bridge/ports.ts';

/** A store with room for `room` messages, and a gate in front of it. */
class Stage {
  room = 0;
  readonly taken: string[] = [];
  readonly durable: string[] = [];
  readonly gate: StoreGate;
  #onRoom: () => void = () => undefined;

  constructor() {
    const take = ({ topic }: PhoneMessage, onDurable: () => void): void => {
      this.room--;
      this.taken.push(topic);
      onDurable();
    };
    this.gate = new StoreGate({ take, store: this });
  }

  get isFull(): boolean {
    return this.room === 0;
  }

  onRoom(listener: () => void): void {
    this.#onRoom = listener;
  }

  send(topic: string): void {
    const message = { topic, payload: new Uint8Array(), dup: false };
    this.gate.take(message, () => this.durable.push(topic));
  }

  async makeRoom(room: number): Promise<void> {
    this.room = room;
    this.#onRoom();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('lets no message through that the store has no room for, although it was read already', async () => {
  const stage = new Stage();
  stage.room = 1;
  for (const topic of ['a', 'b', 'c', 'd']) stage.send(topic);
  expect(stage.taken).toEqual(['a']);
  await stage.makeRoom(2);
  expect(stage.taken).toEqual(['a', 'b', 'c']);
  await stage.makeRoom(2);
  expect(stage.durable).toEqual(['a', 'b', 'c', 'd']);
});

it('keeps the order when a message comes while room was made', async () => {
  const stage = new Stage();
  stage.send('a');
  const waited = stage.makeRoom(5);
  stage.send('b');
  expect(stage.taken).toEqual([]);
  await waited;
  stage.send('c');
  expect(stage.taken).toEqual(['a', 'b', 'c']);
});

it('takes nothing more once it is closed, and acknowledges nothing of what it held', async () => {
  const stage = new Stage();
  stage.send('a');
  stage.gate.close();
  await stage.makeRoom(5);
  expect([stage.taken, stage.durable]).toEqual([[], []]);
});
