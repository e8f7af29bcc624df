/** Serial cables are pulled in the middle of lines, and put back: in memory, byte by byte, under virtual time. */
import { describe, expect, it } from 'vitest';
import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';
import { judgeFault } from './oracle.ts';
import { BenchTrainer, SerialBench } from './serial-bench.ts';
import { MemoryPorts } from './serial-cable.ts';

/** Not long after 1970: the pace of single bytes needs more digits than the times of today have left. */
const START_MS = 100_000_000;
const LF = 0x0a;
const UNPLUGS = 50;
const PATHS = ['port-0', 'port-1', 'port-2', 'port-3'] as const;

/** Trainers on cables in memory, and a bridge. */
class ReplugStage {
  readonly time: VirtualTime = new VirtualTime(START_MS);
  readonly world: MemoryPorts = new MemoryPorts();
  readonly bench: SerialBench;
  readonly trainers: readonly BenchTrainer[];
  /** Where each trainer is. */
  readonly paths: string[] = PATHS.slice(0, 2);

  constructor(seed: number) {
    const streams = seededStreams(seed);
    const { time, world } = this;
    this.bench = new SerialBench({ timers: time, world, ports: ['port-*'], pollMs: 200 });
    const { truth } = this.bench;
    this.trainers = [1, 2].map((box) => new BenchTrainer({ box, timers: time, streams, truth }));
    for (const [at, trainer] of this.trainers.entries()) {
      trainer.plug(world.plug(this.paths[at] as string));
    }
  }

  /** Lets time pass, and what waits for promises happen. */
  async pass(ms: number, stepMs = 100): Promise<void> {
    const endMs = this.time.now() + ms;
    while (this.time.now() < endMs) {
      const nextMs = Math.min(endMs, this.time.now() + stepMs);
      this.time.at(nextMs, () => undefined);
      if (this.time.run(nextMs, 100_000)) throw new RangeError('This run never ends');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Lets time pass until a trainer has sent a part of a line. */
  async passToMidLine(at: number): Promise<void> {
    const path = this.paths[at] as string;
    for (let step = 0; step < 400; step++) {
      if (this.bench.isMidLine(path)) return;
      await this.pass(0.3, 0.3);
    }
    throw new RangeError(`Nothing comes from ${path}`);
  }

  /** How many readings each device lacks between those that landed, boot by boot; reboots are told by the line of the boot. */
  get lacking(): readonly number[] {
    const text = this.bench.received.map((bytes) => bytes.toString('latin1')).join('\n');
    const seqs = new Map<string, number[]>();
    const owners = new Map<string, string>();
    for (const [, serialNumber = '', boot = ''] of text.matchAll(
      /=ID,\w*,1,STEDI,[^,]+,([0-9a-f-]{36}),[^,]+,([0-9A-F]{4})\*/g,
    )) {
      owners.set(boot, serialNumber);
    }
    const landed = new Set(this.bench.store.of('step_trainer_landing').map(rowKey));
    for (const [, boot = '', seq, distance] of text.matchAll(
      /\$R,([0-9A-F]{4}),(\d+),\d+,(\d+),\d+\*[0-9A-F]{4}\r\n/g,
    )) {
      const owner = owners.get(boot) ?? '';
      if (!landed.has(`${owner}/${distance}`)) continue;
      seqs.set(boot, [...(seqs.get(boot) ?? []), Number(seq)]);
    }
    return this.trainers.map(({ serialNumber }) => {
      const boots = [...seqs].filter(([boot]) => owners.get(boot) === serialNumber);
      return boots.reduce(
        (sum, [, all]) => sum + Math.max(...all) - Math.min(...all) + 1 - all.length,
        0,
      );
    });
  }
}

function rowKey(line: string): string {
  const row = JSON.parse(line) as { serialNumber: string; distanceFromObject: number };
  return `${row.serialNumber}/${row.distanceFromObject}`;
}

/** What somebody does to the cables, and how long it takes; each kind gets its trainer and where to put it. */
type Deed = (stage: ReplugStage, at: number, awayMs: number) => Promise<void>;

const replug =
  (hasBattery: boolean, isMoved: boolean): Deed =>
  async (stage, at, awayMs) => {
    const trainer = stage.trainers[at] as BenchTrainer;
    trainer.unplug(hasBattery);
    await stage.pass(awayMs);
    const free = PATHS.filter((path) => !stage.paths.includes(path));
    if (isMoved) stage.paths[at] = free[awayMs % free.length] as string;
    trainer.plug(stage.world.plug(stage.paths[at] as string));
  };

const swap: Deed = async (stage, _at, awayMs) => {
  for (const trainer of stage.trainers) trainer.unplug(false);
  await stage.pass(awayMs);
  stage.paths.reverse();
  for (const [at, trainer] of stage.trainers.entries()) {
    trainer.plug(stage.world.plug(stage.paths[at] as string));
  }
};

describe(`a cable that is pulled in mid-line ${UNPLUGS} times`, () => {
  it.each<[string, Deed, hasBattery: boolean]>([
    ['and put back', replug(false, false), false],
    ['and put into another port', replug(false, true), false],
    ['of a device with a battery, and put back', replug(true, false), true],
    ['of a device with a battery, and put into another port', replug(true, true), true],
    ['while two devices change places', swap, false],
  ])(
    '%s: loses no line that came whole, and lands no half one',
    async (_what, deed, hasBattery) => {
      const stage = new ReplugStage(UNPLUGS);
      const random = seededStreams(7)('instants');
      await stage.pass(3_000);
      for (let time = 0; time < UNPLUGS; time++) {
        await stage.pass(1_000 + drawInteger(random, 0, 400));
        const at = drawInteger(random, 0, 1);
        await stage.passToMidLine(at);
        await deed(stage, at, drawInteger(random, 1, 400));
      }
      await stage.pass(3_000);
      for (const trainer of stage.trainers) trainer.unplug(false);
      const outcome = stage.bench.outcome();
      // Whatever the half line lacks: it may be no more than its last byte.
      const cut = stage.bench.received.filter((bytes) => (bytes.at(-1) ?? LF) !== LF);
      expect(cut.length).toBeGreaterThanOrEqual(UNPLUGS);
      const verdict = judgeFault(outcome);
      expect(verdict.violations).toEqual([]);
      // Most of what was measured landed: some seconds go by until a device that boots is known.
      expect(verdict.trusted).toBeGreaterThan(UNPLUGS * 50);
      const devices = stage.bench.bridge.devices;
      const missing = stage.trainers.map(
        ({ serialNumber }) => devices.find((each) => each.serialNumber === serialNumber)?.missing,
      );
      expect(missing).toEqual(stage.lacking);
      expect(missing.some((count) => (count ?? 0) > 0)).toBe(hasBattery);
      await stage.bench.close();
    },
  );
});
