/** The bridge beside simulated trainers that are swapped, rebooted, unplugged and plugged in while it runs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BatchStore, Bridge, openSerialPort } from '../../bridge/index.ts';
import type { LandingObject, OpenSerialPort } from '../../bridge/index.ts';
import { seededStreams, TrainerPorts, WallTime } from '../../simulator/index.ts';
import { temporaryFolder } from './stedi.ts';

const BAUD = 57_600;
const PATIENCE_MS = 60_000;

interface LandedReading {
  readonly sensorReadingTime: number;
  readonly serialNumber: string;
}

/** A bridge on one port, which lands each reading at once. */
class Bench {
  readonly landed: LandedReading[] = [];
  readonly #store: BatchStore;
  readonly #bridge: Bridge;
  #channel: OpenSerialPort | undefined;

  constructor(timers: WallTime, port: number) {
    this.#store = new BatchStore({
      id: `bench-${port}`,
      timers,
      limits: { maxBytes: 1, maxAgeMs: 1 },
      sink: { put: (object) => this.#put(object) },
      onStoreFailure: (_object, cause) => {
        throw cause;
      },
    });
    this.#bridge = new Bridge({ store: this.#store, timers });
  }

  /** Opens the port; what is resolved in the end says whether the cable was pulled. */
  async open(path: string): Promise<{ readonly ended: Promise<boolean> }> {
    const channel = await openSerialPort({ path, baudRate: BAUD });
    this.#channel = channel;
    const ended = new Promise<boolean>((resolve) =>
      channel.onClose(({ disconnected }) => resolve(disconnected)),
    );
    this.#bridge.attach(channel, BAUD);
    return { ended };
  }

  /** Waits until more readings of a trainer have landed. */
  async landMore(serialNumber: string | undefined): Promise<void> {
    const count = (): number =>
      this.landed.filter((reading) => reading.serialNumber === serialNumber).length;
    const before = count();
    await vi.waitUntil(() => count() > before + 10, { timeout: PATIENCE_MS, interval: 20 });
  }

  async close(): Promise<void> {
    this.#bridge.stop();
    await this.#store.close();
    await this.#channel?.close();
  }

  #put({ key, body }: LandingObject): Promise<void> {
    if (key.startsWith('step_trainer_landing/')) {
      for (const line of (body as string).split('\n')) {
        if (line !== '') this.landed.push(JSON.parse(line) as LandedReading);
      }
    }
    return Promise.resolve();
  }
}

async function prepare(): Promise<{
  ports: TrainerPorts;
  benches: [Bench, Bench];
  startMs: number;
}> {
  const startMs = Date.now();
  const timers = new WallTime(startMs, 1);
  const ports = new TrainerPorts({
    folder: join(await temporaryFolder(), 'ports'),
    trainers: 2,
    baudRate: BAUD,
    profile: 'continuous',
    streams: seededStreams(3),
    timers,
  });
  const benches: [Bench, Bench] = [new Bench(timers, 0), new Bench(timers, 1)];
  onTestFinished(async () => {
    for (const bench of benches) await bench.close();
    ports.close();
    timers.stop();
  });
  return { ports, benches, startMs };
}

const serialOf = (ports: TrainerPorts, port: number): string | undefined =>
  ports.ports[port]?.serialNumber;
const linkOf = (ports: TrainerPorts, port: number): string => ports.ports[port]?.link ?? '';

describe.skipIf(!existsSync('/dev/ptmx'))('a bridge that runs', () => {
  test(
    'lands the readings of trainers that change places and reboot under their own names and at their own times',
    async () => {
      const { ports, benches, startMs } = await prepare();
      const [here, there] = benches;
      await Promise.all(benches.map((bench, port) => bench.open(linkOf(ports, port))));
      const [first, second] = [serialOf(ports, 0), serialOf(ports, 1)];
      await Promise.all([here.landMore(first), there.landMore(second)]);
      ports.swap(0, 1);
      await Promise.all([here.landMore(second), there.landMore(first)]);
      ports.reboot(0);
      await here.landMore(second);
      ports.swap(1, 0);
      await Promise.all([here.landMore(first), there.landMore(second)]);
      for (const { landed } of benches) {
        const owners = landed.map(({ serialNumber }) => serialNumber);
        const changes = owners.filter((serial, index) => serial !== owners[index - 1]);
        expect(changes).toHaveLength(3);
        // A clock is off by half an exchange at most, and on a busy host one may take as long as everything took.
        const endMs = Date.now();
        const marginMs = (endMs - startMs) / 2;
        const times = landed.map(({ sensorReadingTime }) => sensorReadingTime);
        expect(Math.min(...times)).toBeGreaterThanOrEqual(startMs - marginMs);
        expect(Math.max(...times)).toBeLessThanOrEqual(endMs + marginMs);
      }
    },
    PATIENCE_MS,
  );

  test(
    'is told when a trainer is unplugged, goes on with the other, and lands it again once the port is opened anew',
    async () => {
      const { ports, benches } = await prepare();
      const [here, there] = benches;
      const [{ ended }] = await Promise.all([
        here.open(linkOf(ports, 0)),
        there.open(linkOf(ports, 1)),
      ]);
      await here.landMore(serialOf(ports, 0));
      ports.unplug(0);
      expect(await ended).toBe(true);
      expect(existsSync(linkOf(ports, 0))).toBe(false);
      await there.landMore(serialOf(ports, 1));
      ports.plug(0);
      await here.open(linkOf(ports, 0));
      await here.landMore(serialOf(ports, 0));
    },
    PATIENCE_MS,
  );
});
