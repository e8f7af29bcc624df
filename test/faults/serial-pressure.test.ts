/** The store is full while trainers stream, and one device speaks on two ports. */
import { describe, expect, it } from 'vitest';
import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';
import { judgeFault } from './oracle.ts';
import { BenchTrainer, SerialBench } from './serial-bench.ts';
import { MemoryPorts } from './serial-cable.ts';
import type { MemoryCable } from './serial-cable.ts';

const START_MS = 100_000_000;
const LANDING = 'step_trainer_landing';

interface PressureStage {
  readonly time: VirtualTime;
  readonly world: MemoryPorts;
  readonly bench: SerialBench;
  readonly pass: (ms: number) => Promise<void>;
  readonly trainer: () => BenchTrainer;
}

function openStage(): PressureStage {
  const time = new VirtualTime(START_MS);
  const world = new MemoryPorts();
  const bench = new SerialBench({ timers: time, world, ports: ['port-*'], pollMs: 500 });
  const pass = async (ms: number): Promise<void> => {
    const endMs = time.now() + ms;
    while (time.now() < endMs) {
      const nextMs = Math.min(endMs, time.now() + 100);
      time.at(nextMs, () => undefined);
      if (time.run(nextMs, 100_000)) throw new RangeError('This run never ends');
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const { truth } = bench;
  const streams = seededStreams(1);
  const trainer = (): BenchTrainer => new BenchTrainer({ box: 1, timers: time, streams, truth });
  return { time, world, bench, pass, trainer };
}

describe('a store that is full', () => {
  it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    'for longer than a moment, at instant %d: the trainer is stopped and started, and no line is lost',
    async (seed) => {
      const { world, bench, pass, trainer: make } = openStage();
      const random = seededStreams(seed)('instant');
      const trainer = make();
      trainer.plug(world.plug('port-0'));
      await pass(2_500 + drawInteger(random, 0, 1_000));
      bench.store.fill(true);
      await pass(14_000);
      const measured = trainer.readings;
      const kept = bench.store.bytes;
      await pass(20_000);
      // It rests: nothing is measured, nothing comes, nothing is kept.
      expect([trainer.readings, bench.store.bytes]).toEqual([measured, kept]);
      bench.store.fill(false);
      await pass(3_000);
      expect(trainer.readings).toBeGreaterThan(measured + 50);
      trainer.unplug(false);
      expect(judgeFault(bench.outcome()).violations).toEqual([]);
      expect(bench.notices.filter((text) => /room/.test(text))).toEqual([
        expect.stringMatching(/^There is no room for what comes from port-0/),
        expect.stringMatching(/^There is room again for what comes from port-0: no line was lost/),
      ]);
      await bench.close();
    },
  );

  it('for a moment only is not noticed by the trainer', async () => {
    const { world, bench, pass, trainer: make } = openStage();
    const trainer = make();
    trainer.plug(world.plug('port-0'));
    await pass(2_500);
    for (let time = 0; time < 5; time++) {
      bench.store.fill(true);
      await pass(2_000);
      bench.store.fill(false);
      await pass(100);
    }
    const sent = bench.received.map((bytes) => bytes.toString('latin1')).join('');
    expect(sent).not.toContain('STOP');
    trainer.unplug(false);
    expect(judgeFault(bench.outcome()).violations).toEqual([]);
    await bench.close();
  });

  it('holds a bounded part of what cannot be stopped, counts the rest, and says so', async () => {
    const { world, bench, pass } = openStage();
    const cable = world.plug('port-0');
    await pass(1_000);
    bench.store.fill(true);
    const line = '{"sensorReadingTime":1,"serialNumber":"07","distanceFromObject":2}\n';
    for (let count = 0; count < 20_000; count++) cable.write(line);
    await pass(500);
    expect(bench.store.bytes).toBeLessThan(40_000);
    bench.store.fill(false);
    cable.write(line.replace('"07"', '"08"'));
    await pass(500);
    const landed = bench.store.of(LANDING);
    expect(landed.at(-1)).toContain('"08"');
    const lost = 20_001 - landed.length;
    expect(bench.notices.at(-1)).toContain(
      `${lost.toLocaleString('en-US')} lines were thrown away`,
    );
    expect(bench.bridge.counts.discardedBytes).toBe(lost * (line.length - 1));
    await bench.close();
  });
});

it('one device on two ports lands each reading once, and is said', async () => {
  const { world, bench, pass, trainer: make } = openStage();
  const trainer = make();
  const cables: MemoryCable[] = [world.plug('port-0'), world.plug('port-1')];
  const [first, second] = cables as [MemoryCable, MemoryCable];
  // Both hear the device, and the device hears both.
  trainer.plug({
    path: first.path,
    link: undefined,
    write: (bytes) => {
      second.write(bytes);
      return first.write(bytes);
    },
    onData: (listener) => cables.forEach((cable) => cable.onData(listener)),
    pause: () => undefined,
    resume: () => undefined,
    close: () => cables.forEach((cable) => cable.close()),
  });
  await pass(20_000);
  trainer.unplug(false);
  const landed = bench.store.of(LANDING);
  expect(landed.length).toBeGreaterThan(500);
  const distances = landed.map(
    (line) => (JSON.parse(line) as { distanceFromObject: number }).distanceFromObject,
  );
  expect(new Set(distances).size).toBe(landed.length);
  const reasons = bench.bridge.counts.quarantined.map(({ reason }) => reason);
  expect(reasons).toContain('repeated-reading');
  expect(
    bench.notices.filter((text) => /speaks on port-0 and port-1 at once/.test(text)),
  ).toHaveLength(1);
  await bench.close();
});
