import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { LandingObject } from '../../../../bridge/index.ts';
import { openDurablePlant } from '../../../../scenarios/run/plant/durable-plant.ts';
import type { Plant } from '../../../../scenarios/run/plant/plant.ts';
import type { Fault } from '../../../../simulator/index.ts';
import { seededStreams, TruthLedger, VirtualTime } from '../../../../simulator/index.ts';

const TOPIC = 'stedi/v1/phones/phone-000001/accelerometer';

/** A plant, and messages for it: one each second, until it is idle again. */
class Scene {
  readonly time = new VirtualTime(0);
  readonly ledger = new TruthLedger();
  readonly stored: LandingObject[] = [];
  readonly events: string[] = [];
  readonly acknowledged: number[] = [];

  async play(messages: number, ...faults: readonly Fault[]): Promise<this> {
    const plant: Plant = await openDurablePlant({
      timers: this.time,
      streams: seededStreams(1),
      ledger: this.ledger,
      faults,
      baudRate: 57_600,
      sink: { put: async (object) => void this.stored.push(object) },
      onGone: () => this.events.push(`gone ${this.time.now()}`),
      onBack: () => this.events.push(`back ${this.time.now()}`),
    });
    for (let number = 0; number < messages; number++) {
      const record = {
        user: 'a@mail.example',
        timeStamp: 1_655_564_400_000 + number,
        x: 0,
        y: 0,
        z: 0,
      };
      const payload = Buffer.from(JSON.stringify(record));
      this.time.at(1_000 * number, () =>
        plant.take({ topic: TOPIC, payload, dup: false }, () => this.acknowledged.push(number)),
      );
    }
    while (this.time.run(1_000 * messages, plant.actionsPerTurn)) await plant.turn();
    await plant.turn();
    while (!plant.isIdle && this.time.run(Infinity, plant.actionsPerTurn)) await plant.turn();
    await plant.close();
    return this;
  }

  /** The numbers of the messages that are stored, in order. */
  get landed(): number[] {
    return this.stored
      .flatMap(({ body }) =>
        gunzipSync(body as Uint8Array)
          .toString()
          .trimEnd()
          .split('\n'),
      )
      .map((line) => (JSON.parse(line) as { timeStamp: number }).timeStamp - 1_655_564_400_000);
  }
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

describe('a bridge with a spool on the virtual clock', () => {
  test('acknowledges and stores everything, the same way each time', async () => {
    const [first, second] = [await new Scene().play(90), await new Scene().play(90)];
    expect(first.landed).toEqual(numbers(90));
    expect(first.acknowledged).toEqual(numbers(90));
    expect(second.stored).toEqual(first.stored);
  });

  test('that is killed stores what it had acknowledged, and nothing of the time in which it is dead', async () => {
    const killed: Fault = { kind: 'bridge-killed', atMs: 20_500, untilMs: 25_500 };
    const scene = await new Scene().play(60, killed);
    expect(scene.events).toEqual(['gone 20500', 'back 25500']);
    expect(scene.landed).toEqual([...numbers(21), ...numbers(60).slice(26)]);
    expect(scene.acknowledged).toEqual(scene.landed);
    expect(scene.ledger.occurrences('bridge-killed')).toBe(1);
  });

  test('keeps everything while its storage is away', async () => {
    const away: Fault = { kind: 'storage-down', atMs: 0, untilMs: 200_000 };
    const scene = await new Scene().play(90, away);
    expect(scene.landed).toEqual(numbers(90));
    expect(scene.ledger.occurrences('storage-down')).toBeGreaterThan(2);
    expect(scene.time.now()).toBeGreaterThanOrEqual(200_000);
  });

  test('stores each object once, although attempts that it gave up succeed as well', async () => {
    const slow: Fault = { kind: 'storage-slow', atMs: 0, untilMs: 150_000, byMs: 45_000 };
    const scene = await new Scene().play(90, slow);
    expect(scene.landed).toEqual(numbers(90));
    expect(scene.ledger.occurrences('storage-slow')).toBeGreaterThan(1);
    expect(new Set(scene.stored.map(({ key }) => key)).size).toBe(scene.stored.length);
  });
});
