import { describe, expect, it } from 'vitest';
import { parsePhoneTopic } from '../../../firmware-protocol/index.ts';
import { faultsOfPhone } from '../../../simulator/core/faults.ts';
import type { DuplicateFault, PhoneFault } from '../../../simulator/core/faults.ts';
import type { Person } from '../../../simulator/core/people.ts';
import type { Step } from '../../../simulator/core/step-test.ts';
import { TruthLedger } from '../../../simulator/core/truth-ledger.ts';
import type { World } from '../../../simulator/core/world.ts';
import { Phone } from '../../../simulator/fleet/phone.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { sampleWorld, WORLD_START_MS } from '../core/sample-world.ts';
import { RecordedNetwork } from './recorded-links.ts';

const STEP: Step = {
  atMs: WORLD_START_MS + 100_000,
  distance: 250,
  accelerations: [
    [1, -1, 0],
    [0, 0, -1],
  ],
};

class Scene {
  readonly time = new VirtualTime(WORLD_START_MS);
  readonly ledger = new TruthLedger();
  readonly network = new RecordedNetwork();
  world: World;
  readonly person: Person;
  readonly phone: Phone;

  constructor(faults: readonly PhoneFault[] = [], world: World = sampleWorld()) {
    this.world = world;
    this.person = world.people[7] as Person;
    this.phone = new Phone({
      person: this.person,
      worldNow: () => this.world,
      timers: this.time,
      streams: seededStreams(1),
      ledger: this.ledger,
      network: this.network,
      faults: faultsOfPhone(faults, 7),
    });
  }

  get fates(): string[] {
    return this.ledger.readings.map(({ fate }) => fate);
  }

  get batches(): { readonly session: string; readonly seq: number }[] {
    return this.network.messages.map(({ payload }) => payload as { session: string; seq: number });
  }
}

describe('a phone', () => {
  it('publishes the samples of a step as one batch', () => {
    const { phone, network, person, ledger } = new Scene();
    phone.open();
    phone.take(STEP, 17);
    const [message] = network.messages;
    expect(network.messages).toHaveLength(1);
    expect(message).toMatchObject({
      clientId: 'phone-000007',
      topic: 'stedi/v1/phones/phone-000007/accelerometer',
      payload: {
        user: person.identity.email,
        session: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
        seq: 0,
        samples: [
          [STEP.atMs, 1, -1, 0],
          [STEP.atMs, 0, 0, -1],
        ],
      },
    });
    expect(ledger.readings).toMatchObject([
      { id: 0, person: 7, step: 17, atMs: STEP.atMs, timeStamp: STEP.atMs, x: 1, y: -1, z: 0 },
      { id: 1, person: 7, step: 17, atMs: STEP.atMs, timeStamp: STEP.atMs, x: 0, y: 0, z: -1 },
    ]);
  });

  it('publishes a walk by the half second, and the rest when the app is closed', () => {
    const { phone, network, ledger } = new Scene();
    phone.open();
    for (let index = 0; index < 30; index++) {
      const moment = { atMs: STEP.atMs + 20 * index, accelerations: [[0.1, -1, 0] as const] };
      phone.take({ ...moment, step: Math.floor(index / 2.5) }, index);
    }
    const sizes = (): number[] =>
      network.messages.map(({ payload }) => (payload as { samples: unknown[] }).samples.length);
    expect(sizes()).toEqual([25]);
    phone.close();
    expect(sizes()).toEqual([25, 5]);
    expect(ledger.readings).toHaveLength(30);
  });

  it('has nothing personal in its topic', () => {
    const { phone, network, person } = new Scene();
    phone.open();
    phone.take(STEP, 0);
    const topic = network.messages[0]?.topic ?? '';
    expect(parsePhoneTopic(topic)?.channel).toBe('accelerometer');
    for (const word of person.identity.customerName.toLowerCase().split(' ')) {
      expect(topic.toLowerCase()).not.toContain(word);
    }
  });

  it('counts samples as sent when the broker has acknowledged them, not before', () => {
    const scene = new Scene();
    scene.phone.open();
    scene.phone.take(STEP, 0);
    expect(scene.fates).toEqual(['never-sent', 'never-sent']);
    scene.network.messages[0]?.acknowledge();
    expect(scene.fates).toEqual(['sent', 'sent']);
  });

  it.each<[string, (phone: Phone) => void]>([
    ['before it was opened', () => undefined],
    [
      'after it was closed',
      (phone) => {
        phone.open();
        phone.close();
      },
    ],
  ])('never sends what it takes %s', (_when, prepare) => {
    const always = { kind: 'duplicate', atMs: 0, untilMs: Infinity, person: 7, rate: 1 } as const;
    const scene = new Scene([always]);
    prepare(scene.phone);
    scene.phone.take(STEP, 0);
    expect(scene.network.messages).toEqual([]);
    expect(scene.fates).toEqual(['never-sent', 'never-sent']);
    expect(scene.ledger.occurrences('message-duplicated')).toBe(0);
  });

  it('counts its messages, and begins anew in each session', () => {
    const scene = new Scene();
    scene.phone.open();
    for (const step of [0, 1, 2]) scene.phone.take(STEP, step);
    scene.phone.close();
    scene.phone.open();
    scene.phone.take(STEP, 3);
    expect(scene.network.events).toEqual([
      'connect phone-000007',
      'close phone-000007',
      'connect phone-000007',
    ]);
    expect(scene.batches.map(({ seq }) => seq)).toEqual([0, 1, 2, 0]);
    const [first, ...others] = scene.batches.map(({ session }) => session);
    expect(others.map((session) => session === first)).toEqual([true, true, false]);
  });

  it('stamps what it takes with its own clock', () => {
    const world = sampleWorld();
    const phoneClocks = world.phoneClocks.with(7, { skewMs: 40, driftPpm: -100 });
    const { phone, network, ledger } = new Scene([], { ...world, phoneClocks });
    phone.open();
    phone.take(STEP, 0);
    const shown = STEP.atMs + 40 - 10;
    expect(network.messages[0]?.payload).toMatchObject({
      samples: [
        [shown, 1, -1, 0],
        [shown, 0, 0, -1],
      ],
    });
    expect(ledger.readings[0]).toMatchObject({ atMs: STEP.atMs, timeStamp: shown });
  });
});

describe('a phone that sends twice', () => {
  const faultOf = (change: Partial<DuplicateFault>): DuplicateFault => ({
    kind: 'duplicate',
    atMs: WORLD_START_MS + 1_000,
    untilMs: WORLD_START_MS + 2_000,
    person: undefined,
    rate: 1,
    ...change,
  });

  it.each<[string, Partial<DuplicateFault>, number, number]>([
    ['every phone', {}, 1_500, 2],
    ['this phone', { person: 7 }, 1_500, 2],
    ['another phone', { person: 6 }, 1_500, 1],
    ['never', { rate: 0 }, 1_500, 1],
    ['not yet', {}, 999, 1],
    ['from the start', {}, 1_000, 2],
    ['not any more', {}, 2_000, 1],
  ])('%s', (_who, change, afterMs, messages) => {
    const scene = new Scene([faultOf(change)]);
    scene.time.at(WORLD_START_MS + afterMs, () => {
      scene.phone.open();
      scene.phone.take(STEP, 0);
    });
    scene.time.run(Infinity, 10);
    expect(scene.network.messages).toHaveLength(messages);
    expect(scene.ledger.occurrences('message-duplicated')).toBe(messages - 1);
    expect(scene.batches.every((batch) => batch.seq === 0)).toBe(true);
    expect(scene.ledger.readings).toHaveLength(2);
  });
});

describe('a phone with a bad network', () => {
  const SPAN = { atMs: WORLD_START_MS, untilMs: WORLD_START_MS + 10_000, person: undefined };
  const message = (
    what: 'drop' | 'late' | 'reorder',
    byMs: number,
    rate: number = 1,
  ): PhoneFault => ({ kind: 'message', what, byMs, rate, ...SPAN });
  const OFFLINE: PhoneFault = { kind: 'offline', ...SPAN };

  /** Takes a step at each of the times after the start, closes the app, and gives when each message went out. */
  function send(scene: Scene, ...atMs: readonly number[]): { seq: number; atMs: number }[] {
    const sent: { seq: number; atMs: number }[] = [];
    const { network, time, phone } = scene;
    const push = network.messages.push.bind(network.messages);
    network.messages.push = (...messages) => {
      for (const { payload } of messages) {
        sent.push({ seq: (payload as { seq: number }).seq, atMs: time.now() - WORLD_START_MS });
      }
      return push(...messages);
    };
    phone.open();
    for (const [index, ms] of atMs.entries()) {
      const stepMs = WORLD_START_MS + ms;
      time.at(stepMs, () => phone.take({ ...STEP, atMs: stepMs }, index));
    }
    time.at(WORLD_START_MS + Math.max(...atMs) + 1, () => phone.close());
    time.run(Infinity, 1_000);
    return sent;
  }

  it('loses what is dropped, and the truth says so', () => {
    const scene = new Scene([message('drop', 0)]);
    expect(send(scene, 1_000, 20_000)).toEqual([{ seq: 1, atMs: 20_000 }]);
    expect(scene.fates).toEqual(['lost', 'lost', 'never-sent', 'never-sent']);
    expect(scene.ledger.occurrences('message-lost')).toBe(1);
  });

  it('sends late messages, also when the app has been closed since, and hangs up only then', () => {
    const scene = new Scene([message('late', 3_600_000)]);
    expect(send(scene, 1_000, 2_000)).toEqual([
      { seq: 0, atMs: 3_601_000 },
      { seq: 1, atMs: 3_602_000 },
    ]);
    expect(scene.network.events).toEqual(['connect phone-000007', 'close phone-000007']);
    expect(scene.ledger.readings).toMatchObject(Array(4).fill({ lateMs: 3_600_000 }));
    expect([scene.ledger.occurrences('message-late'), scene.phone.isSettled]).toEqual([2, true]);
  });

  it('has messages overtaken that are held back for a while', () => {
    const scene = new Scene([message('reorder', 5_000, 0.5)]);
    const times = Array.from({ length: 40 }, (_, index) => 100 * index);
    const inOrder = [...times.keys()];
    const sent = send(scene, ...times);
    const order = sent.map(({ seq }) => seq);
    expect(order).not.toEqual(inOrder);
    expect(order.toSorted((left, right) => left - right)).toEqual(inOrder);
    expect(scene.ledger.occurrences('message-reordered')).toBeGreaterThan(10);
    for (const { seq, atMs } of sent) {
      expect(atMs - 100 * seq).toBeGreaterThanOrEqual(0);
      expect(atMs - 100 * seq).toBeLessThanOrEqual(5_000);
    }
  });

  it('keeps what it takes without network, and sends all of it at once, in order', () => {
    const scene = new Scene([OFFLINE]);
    expect(send(scene, 1_000, 2_000, 12_000)).toEqual([
      { seq: 0, atMs: 10_000 },
      { seq: 1, atMs: 10_000 },
      { seq: 2, atMs: 12_000 },
    ]);
    expect(scene.ledger.occurrences('phone-offline')).toBe(1);
    expect(scene.ledger.readings[0]).toMatchObject({ lateMs: 9_000 });
  });

  it('waits on when the network is away for another reason', () => {
    const scene = new Scene([
      OFFLINE,
      { ...OFFLINE, atMs: SPAN.atMs + 9_000, untilMs: SPAN.atMs + 30_000 },
    ]);
    expect(send(scene, 1_000)).toEqual([{ seq: 0, atMs: 30_000 }]);
  });
});
