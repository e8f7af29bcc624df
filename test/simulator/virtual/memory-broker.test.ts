import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryBroker } from '../../../simulator/virtual/memory-broker.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const TOPIC = 'stedi/v1/phones/phone-000007/accelerometer';

interface Scene {
  readonly time: VirtualTime;
  readonly broker: MemoryBroker;
  /** Payloads as they reached the subscriber. */
  readonly arrived: string[];
  readonly acknowledged: string[];
  readonly publish: (text: string) => void;
}

function setScene(): Scene {
  const time = new VirtualTime(0);
  const arrived: string[] = [];
  const acknowledged: string[] = [];
  const broker = new MemoryBroker({
    timers: time,
    onMessage: (topic, payload) => {
      expect(topic).toBe(TOPIC);
      arrived.push(Buffer.from(payload).toString());
    },
  });
  const uplink = broker.connect();
  const publish = (text: string): void =>
    uplink.publish(TOPIC, text, () => acknowledged.push(text));
  return { time, broker, arrived, acknowledged, publish };
}

describe('MemoryBroker', () => {
  it('delivers after 20 ms, and acknowledges what it has taken, not before', () => {
    const { time, arrived, acknowledged, publish } = setScene();
    publish('one');
    time.run(19, 10);
    expect([arrived, acknowledged]).toEqual([[], []]);
    time.run(20, 10);
    expect([arrived, acknowledged]).toEqual([['one'], ['one']]);
    time.run(1_000, 10);
    expect(arrived).toEqual(['one']);
  });

  it('carries the bytes of the text as UTF-8', () => {
    const { time, arrived, publish } = setScene();
    publish('{"user":"żółw@mail.example"}');
    time.run(20, 10);
    expect(arrived).toEqual(['{"user":"żółw@mail.example"}']);
  });

  it('takes nothing while it is down, and everything once it is up again', () => {
    const { time, broker, arrived, acknowledged, publish } = setScene();
    broker.down();
    publish('one');
    time.run(60_000, 10);
    expect([arrived, acknowledged]).toEqual([[], []]);
    broker.up();
    time.run(60_100, 10);
    expect([arrived, acknowledged]).toEqual([['one'], ['one']]);
  });

  it('keeps the order, also of what is under way when it comes back', () => {
    const { time, broker, arrived, publish } = setScene();
    const plan: [atMs: number, action: () => void][] = [
      [0, () => publish('before')],
      [15, () => publish('reaches a broker that is down')],
      [25, () => broker.down()],
      [40, () => publish('while it is down')],
      [90, () => publish('under way when it comes back')],
      [100, () => broker.up()],
      [101, () => publish('after')],
    ];
    for (const [atMs, action] of plan) time.at(atMs, action);
    time.run(1_000, 100);
    expect(arrived).toEqual([
      'before',
      'reaches a broker that is down',
      'while it is down',
      'under way when it comes back',
      'after',
    ]);
  });

  it('keeps what a phone has published when the phone closes', () => {
    const { time, broker, arrived } = setScene();
    broker.down();
    const uplink = broker.connect();
    uplink.publish(TOPIC, 'last words', () => undefined);
    uplink.close();
    time.run(100, 10);
    broker.up();
    time.run(200, 10);
    expect(arrived).toEqual(['last words']);
  });

  it('loses nothing, doubles nothing and keeps the order, however often it goes away', () => {
    const moves = fc.array(
      fc.tuple(fc.nat(60), fc.constantFrom('publish', 'publish', 'publish', 'down', 'up')),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(moves, (all) => {
        const { time, broker, arrived, acknowledged, publish } = setScene();
        const published: string[] = [];
        let atMs = 0;
        for (const [index, [pauseMs, move]] of all.entries()) {
          atMs += pauseMs;
          time.at(atMs, () => {
            if (move === 'down') broker.down();
            else if (move === 'up') broker.up();
            else {
              published.push(String(index));
              publish(String(index));
            }
          });
        }
        time.at(atMs + 1_000, () => broker.up());
        time.run(atMs + 2_000, 10_000);
        expect(arrived).toEqual(published);
        expect(acknowledged).toEqual(published);
      }),
    );
  });
});
