import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryBroker } from '../../../simulator/virtual/memory-broker.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const TOPIC = 'stedi/v1/phones/phone-000007/accelerometer';

/** Phones, a broker, and a subscriber that takes everything at once unless it is told to wait. */
class Scene {
  readonly time = new VirtualTime(0);
  /** Payloads as they reached the subscriber; those with the DUP flag have a `!` behind them. */
  readonly arrived: string[] = [];
  readonly acknowledged: string[] = [];
  sentAgain = 0;
  takesAtOnce = true;
  readonly broker: MemoryBroker = new MemoryBroker({
    timers: this.time,
    onMessage: ({ topic, payload, dup }, onTaken) => {
      const where = topic === TOPIC ? '' : ` at ${topic}`;
      this.arrived.push(`${Buffer.from(payload).toString()}${dup ? '!' : ''}${where}`);
      if (this.takesAtOnce) onTaken();
    },
    onSentAgain: () => this.sentAgain++,
  });

  publish(text: string): void {
    this.broker.connect().publish(TOPIC, text, () => this.acknowledged.push(text));
  }

  /** Lets things happen at their times, and everything that follows. */
  play(...plan: readonly (readonly [atMs: number, action: () => void])[]): void {
    for (const [atMs, action] of plan) this.time.at(atMs, action);
    this.time.run(60_000, 10_000);
  }
}

describe('MemoryBroker', () => {
  it('delivers after 20 ms, and acknowledges what it has taken, not before', () => {
    const scene = new Scene();
    scene.publish('one');
    scene.time.run(19, 10);
    expect([scene.arrived, scene.acknowledged, scene.broker.isIdle]).toEqual([[], [], false]);
    scene.play();
    expect([scene.arrived, scene.acknowledged]).toEqual([['one'], ['one']]);
    expect(scene.broker.isIdle).toBe(true);
  });

  it('carries the bytes of the text as UTF-8', () => {
    const scene = new Scene();
    scene.publish('{"user":"żółw@mail.example"}');
    scene.play();
    expect(scene.arrived).toEqual(['{"user":"żółw@mail.example"}']);
  });

  it('takes nothing while it is down, and everything once it is up again', () => {
    const scene = new Scene();
    scene.broker.down();
    scene.publish('one');
    scene.play();
    expect([scene.arrived, scene.acknowledged, scene.broker.isIdle]).toEqual([[], [], false]);
    scene.broker.up();
    scene.time.run(70_000, 10);
    expect([scene.arrived, scene.acknowledged]).toEqual([['one'], ['one']]);
    expect(scene.sentAgain).toBe(0);
  });

  it('has what reached it before it went down twice, as its sender was not told', () => {
    const scene = new Scene();
    scene.play(
      [0, () => scene.publish('before')],
      [150, () => scene.publish('has reached it')],
      [290, () => scene.publish('on its way')],
      [300, () => scene.broker.down()],
      [400, () => scene.publish('while it is down')],
      [900, () => scene.broker.up()],
      [901, () => scene.publish('after')],
    );
    expect(scene.arrived).toEqual([
      'before',
      'has reached it',
      'has reached it',
      'on its way',
      'while it is down',
      'after',
    ]);
    expect(new Set(scene.acknowledged)).toEqual(new Set(scene.arrived));
    expect(scene.sentAgain).toBe(1);
  });

  it('keeps what a phone has published when the phone closes', () => {
    const scene = new Scene();
    scene.broker.down();
    const uplink = scene.broker.connect();
    uplink.publish(TOPIC, 'last words', () => undefined);
    uplink.close();
    scene.play([200, () => scene.broker.up()]);
    expect(scene.arrived).toEqual(['last words']);
  });

  it('keeps for a subscriber that is away what it has not got, and repeats what it has not acknowledged', () => {
    const scene = new Scene();
    scene.play(
      [0, () => scene.publish('taken')],
      [30, () => (scene.takesAtOnce = false)],
      [31, () => scene.publish('not acknowledged')],
      [60, () => scene.broker.loseSubscriber()],
      [61, () => scene.publish('missed')],
      [100, () => (scene.takesAtOnce = true)],
      [101, () => scene.broker.regainSubscriber()],
    );
    expect(scene.arrived).toEqual(['taken', 'not acknowledged', 'not acknowledged!', 'missed']);
    expect(scene.acknowledged).toEqual(['taken', 'not acknowledged', 'missed']);
    expect([scene.sentAgain, scene.broker.isIdle]).toEqual([1, true]);
  });

  it('loses nothing, keeps the order of what comes first, and doubles only what it says, however often anybody goes away', () => {
    const moves = fc.array(
      fc.tuple(
        fc.nat(60),
        fc.constantFrom('publish', 'publish', 'publish', 'down', 'up', 'lose', 'regain', 'slow'),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(moves, (all) => {
        const scene = new Scene();
        const published: string[] = [];
        const deeds: Readonly<Record<string, () => void>> = {
          down: () => scene.broker.down(),
          up: () => scene.broker.up(),
          lose: () => scene.broker.loseSubscriber(),
          regain: () => scene.broker.regainSubscriber(),
          slow: () => (scene.takesAtOnce = !scene.takesAtOnce),
        };
        let atMs = 0;
        for (const [index, [pauseMs, move]] of all.entries()) {
          atMs += pauseMs;
          scene.time.at(atMs, () => {
            if (move !== 'publish') return deeds[move]?.();
            published.push(String(index));
            scene.publish(String(index));
          });
        }
        // Nobody acknowledges late here: whoever has not done so is away once more.
        scene.play(
          [atMs + 1_000, () => (scene.takesAtOnce = true)],
          [atMs + 1_001, () => scene.broker.loseSubscriber()],
          [atMs + 1_002, () => scene.broker.regainSubscriber()],
          [atMs + 1_003, () => scene.broker.up()],
        );
        expect([...new Set(scene.arrived.map((text) => text.replace('!', '')))]).toEqual(published);
        expect([...new Set(scene.acknowledged)]).toEqual(published);
        expect(scene.arrived.length - published.length).toBe(scene.sentAgain);
        expect(scene.broker.isIdle).toBe(true);
      }),
    );
  });
});
