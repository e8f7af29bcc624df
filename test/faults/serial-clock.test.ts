/** Somebody sets the clock of the machine while trainers stream: no reading is lost, and none gets a wrong time. */
import { describe, expect, it } from 'vitest';
import { ClockWatch } from '../../bridge/core/clock-watch.ts';
import type { BridgeTimers } from '../../bridge/ports.ts';
import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';
import { judgeFault } from './oracle.ts';
import { BenchTrainer, SerialBench } from './serial-bench.ts';
import { MemoryPorts } from './serial-cable.ts';

const START_MS = 100_000_000;
const HOUR_MS = 3_600_000;
const LOOK_MS = 1_000;
/** Until the machine's clock is believed, and the clocks of the devices were looked at. */
const NOTICED_MS = 13_000;
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

/** A machine whose clock is set. Its even clock is that of the world. */
class Machine implements BridgeTimers {
  readonly #time: VirtualTime;
  readonly #watch: ClockWatch;
  setMs = 0;
  clockSetMs = 0;
  steps = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
    this.#watch = new ClockWatch(time.now(), time.now());
    this.#look();
  }

  now(): number {
    return this.#time.now();
  }

  at(timeMs: number, action: () => void): void {
    this.#time.at(timeMs, action);
  }

  #look(): void {
    const step = this.#watch.look(this.now(), this.#time.now() + this.setMs);
    if (step !== undefined) {
      this.clockSetMs = step.setMs;
      this.steps++;
    }
    this.#time.at(this.#time.now() + LOOK_MS, () => this.#look());
  }
}

/** A trainer that streams into a machine whose clock can be set. */
async function stream(seed: number): Promise<{
  readonly time: VirtualTime;
  readonly machine: Machine;
  readonly bench: SerialBench;
  readonly trainer: BenchTrainer;
  readonly world: MemoryPorts;
  readonly pass: (ms: number) => Promise<void>;
}> {
  const time = new VirtualTime(START_MS);
  const machine = new Machine(time);
  const world = new MemoryPorts();
  const bench = new SerialBench({ timers: machine, world, ports: ['port-*'], pollMs: 1_000 });
  const { truth } = bench;
  const streams = seededStreams(seed);
  const trainer = new BenchTrainer({ box: 1, timers: time, streams, truth, rateHz: 10 });
  const pass = async (ms: number): Promise<void> => {
    const endMs = time.now() + ms;
    while (time.now() < endMs) {
      const nextMs = Math.min(endMs, time.now() + 500);
      time.at(nextMs, () => undefined);
      if (time.run(nextMs, 100_000)) throw new RangeError('This run never ends');
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  trainer.plug(world.plug('port-0'));
  await pass(3_000);
  return { time, machine, bench, trainer, world, pass };
}

describe('the clock of the machine is set by an hour', () => {
  it.each(SEEDS)('at instant %d, for good: new readings get the new time', async (seed) => {
    const { time, machine, bench, trainer, pass } = await stream(seed);
    const random = seededStreams(seed)('instant');
    const byMs = seed % 2 === 0 ? HOUR_MS : -HOUR_MS;
    await pass(drawInteger(random, 0, 12_000));
    const setAtMs = time.now();
    machine.setMs = byMs;
    await pass(NOTICED_MS + 2_000);
    trainer.unplug(false);
    const outcome = bench.outcome((atMs) => {
      if (atMs < setAtMs) return [0];
      return atMs < setAtMs + NOTICED_MS ? [0, byMs] : [byMs];
    });
    expect(judgeFault(outcome).violations).toEqual([]);
    expect(machine.steps).toBe(1);
    expect(outcome.sent.filter(({ poison }) => poison).length).toBeLessThanOrEqual(1);
    await bench.close();
  });

  it.each(SEEDS)('at instant %d, and back before long: nothing happens', async (seed) => {
    const { machine, bench, trainer, pass } = await stream(seed);
    const random = seededStreams(seed)('instant');
    await pass(drawInteger(random, 0, 6_000));
    machine.setMs = seed % 2 === 0 ? HOUR_MS : -HOUR_MS;
    await pass(drawInteger(random, 1, 8_000));
    machine.setMs = 0;
    await pass(5_000);
    trainer.unplug(false);
    const outcome = bench.outcome();
    expect(judgeFault(outcome).violations).toEqual([]);
    expect(machine.steps).toBe(0);
    await bench.close();
  });
});

it('a device that boots after the clock was set has the new time from its first reading on', async () => {
  const { machine, bench, trainer, world, pass } = await stream(1);
  trainer.unplug(false);
  machine.setMs = HOUR_MS;
  await pass(NOTICED_MS);
  const setAtMs = START_MS + 3_000;
  trainer.plug(world.plug('port-0'));
  await pass(4_000);
  trainer.unplug(false);
  const outcome = bench.outcome((atMs) => [atMs < setAtMs ? 0 : HOUR_MS]);
  const verdict = judgeFault(outcome);
  expect(verdict.violations).toEqual([]);
  expect(verdict.trusted).toBeGreaterThan(40);
  await bench.close();
});
