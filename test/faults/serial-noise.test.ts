/** What is no protocol at all comes through a serial port: noise, another speed, a line without an end. */
import { describe, expect, it } from 'vitest';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/core/random.ts';
import { readAtWrongBaud } from '../../simulator/core/wire-faults-baud.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';
import { judgeFault } from './oracle.ts';
import { BAUD, SerialBench } from './serial-bench.ts';
import { MemoryPorts } from './serial-cable.ts';
import type { MemoryCable } from './serial-cable.ts';

const START_MS = 1_655_553_600_000;
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const LINE_BYTES_MAX = 512;
const SPEEDS = [1_200, 4_800, 9_600, 38_400, 115_200, 230_400];

interface NoiseStage {
  readonly bench: SerialBench;
  readonly cable: MemoryCable;
  readonly look: () => Promise<void>;
}

/** A port without a device: the test sends the bytes. */
async function openStage(): Promise<NoiseStage> {
  const time = new VirtualTime(START_MS);
  const world = new MemoryPorts();
  const bench = new SerialBench({ timers: time, world, ports: ['port-*'], pollMs: 1_000 });
  const look = async (): Promise<void> => {
    time.run(time.now() + 1_000, 1_000);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const cable = world.plug('port-0');
  await new Promise((resolve) => setImmediate(resolve));
  await look();
  return { bench, cable, look };
}

/** The record of a device of level 0, as a line. */
function record(distance: number): string {
  return `{"sensorReadingTime":${START_MS + distance},"serialNumber":"07","distanceFromObject":${distance}}\r\n`;
}

function noise(random: Random, length: number): string {
  return Array.from({ length }, () => String.fromCharCode(drawInteger(random, 0, 255))).join('');
}

/** Sends bytes in chunks of any size. */
function send(cable: MemoryCable, bytes: string, random: Random): void {
  for (let at = 0; at < bytes.length;) {
    const length = drawInteger(random, 1, 200);
    cable.write(bytes.slice(at, at + length));
    at += length;
  }
}

describe('noise', () => {
  it.each(SEEDS)('of any kind, between records (seed %d)', async (seed) => {
    const { bench, cable } = await openStage();
    const random = seededStreams(seed)('noise');
    for (let piece = 0; piece < 100; piece++) {
      const pieces = [
        record(piece),
        noise(random, drawInteger(random, 1, 300)),
        record(piece).slice(0, drawInteger(random, 1, 60)),
        record(piece).slice(drawInteger(random, 1, 60)),
        '\n',
        '\r\n\0\n',
        '$R,7F3A,0,421,181,0*0D16\r\n',
      ];
      send(cable, drawOne(random, pieces), random);
    }
    send(cable, `\n${record(1_000)}${noise(random, 20)}`, random);
    cable.close();
    expect(judgeFault(bench.outcome()).violations).toEqual([]);
    await bench.close();
  });

  it.each(SEEDS.flatMap((seed) => ({ seed, sent: SPEEDS[seed % SPEEDS.length] as number })))(
    'of a device that speaks at $sent baud is said, and a record at the right speed lands after it (seed $seed)',
    async ({ seed, sent }) => {
      const { bench, cable, look } = await openStage();
      const random = seededStreams(seed)('speed');
      const lines = Array.from({ length: 400 }, (_, index) => record(1_000 * seed + index)).join(
        '',
      );
      // The host opens the port at any bit of what is being said.
      const read = readAtWrongBaud(lines.slice(drawInteger(random, 0, 100)), { sent, read: BAUD });
      // What this speed makes of records holds a line end now and then, or none at all.
      send(cable, `${read}${'\0\n'.repeat(60)}`, random);
      await look();
      send(cable, `\n${record(2_000)}`, random);
      cable.close();
      const verdict = judgeFault(bench.outcome());
      expect(verdict).toMatchObject({ violations: [], trusted: 1 });
      expect(bench.notices).toContainEqual(
        expect.stringMatching(/^Nothing that comes from port-0 can be read at 57600 baud\./),
      );
      await bench.close();
    },
  );
});

describe('10 MB without a line end', () => {
  const BYTES = 10_000_000;
  const CHUNK = 'x'.repeat(65_536);

  /** Good records, then bytes without an end: the seed says how many of both. Gives how many of each. */
  function flood(
    cable: MemoryCable,
    random: Random,
  ): { readonly good: number; readonly bytes: number } {
    const good = drawInteger(random, 1, 20);
    for (let number = 0; number < good; number++) send(cable, record(number), random);
    const bytes = BYTES + drawInteger(random, 0, CHUNK.length);
    for (let left = bytes; left > 0; left -= CHUNK.length) cable.write(CHUNK.slice(0, left));
    return { good, bytes };
  }

  it.each(SEEDS)(
    'are held up to the length of a line, counted, and end with the next line (seed %d)',
    async (seed) => {
      const { bench, cable } = await openStage();
      const random = seededStreams(seed)('endless');
      const { good, bytes } = flood(cable, random);
      // Nothing of it has become a line yet, and nothing else is kept of it.
      expect(bench.store.of('quarantine/step_trainer_landing')).toEqual([]);
      expect(bench.store.of('step_trainer_landing')).toHaveLength(good);
      send(cable, `\n${record(100)}${record(101)}`, random);
      cable.close();
      const verdict = judgeFault(bench.outcome());
      expect(verdict).toMatchObject({ violations: [], trusted: good + 2, quarantined: 1 });
      expect(bench.bridge.counts.discardedBytes).toBe(bytes - LINE_BYTES_MAX);
      await bench.close();
    },
  );

  it.each(SEEDS)('that are cut off leave the length of a line behind (seed %d)', async (seed) => {
    const { bench, cable } = await openStage();
    const random = seededStreams(seed)('cut');
    const { good, bytes } = flood(cable, random);
    cable.close();
    const verdict = judgeFault(bench.outcome());
    expect(verdict).toMatchObject({ violations: [], trusted: good, quarantined: 1 });
    expect(bench.bridge.counts.discardedBytes).toBe(bytes - LINE_BYTES_MAX);
    expect(bench.store.bytes).toBeLessThan(good * 100 + 2 * LINE_BYTES_MAX);
    await bench.close();
  });
});
