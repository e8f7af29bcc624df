/** One seed from its first event to the verdict. */
import { crc32 } from 'node:zlib';
import { judgeFault } from '../oracle.ts';
import type { Deliveries, FaultVerdict, Landed } from '../oracle.ts';
import { drawInteger } from '../../../simulator/core/random.ts';
import { seededStreams } from '../../../simulator/index.ts';
import { drawFaultPlan, isOfStorage } from './fault-plan.ts';
import type { FaultPlan, PlannedFault } from './fault-plan.ts';
import type { PlantedBug } from './sim-bridge.ts';
import { SimWorld } from './sim-world.ts';

/** After the faults, everything must be in order within this time. */
const CONVERGENCE_MS = 600_000;
const POLL_MS = 1_000;
/** Bytes that a disk has left when it is about to be full. */
const LEFT_BYTES_MAX = 4_000;

/** What became of a seed. */
export interface SeedOutcome {
  readonly plan: FaultPlan;
  readonly verdict: FaultVerdict;
  /** All that was wrong. */
  readonly violations: readonly string[];
  /** How often each fault happened. */
  readonly met: ReadonlyMap<string, number>;
  /** Events and objects, so that two runs can be compared. */
  readonly trace: readonly string[];
}

/** Runs a seed. */
export async function runSeed(
  seed: number,
  {
    bug,
    plan = drawFaultPlan(seed),
  }: { readonly bug?: PlantedBug; readonly plan?: FaultPlan } = {},
): Promise<SeedOutcome> {
  const world = new SimWorld(plan, bug);
  const runner = new Runner(world);
  schedule(world, plan);
  const lastMs = Math.max(plan.activeMs, ...plan.faults.map(endOf));
  await runner.until(world.startMs + lastMs);
  world.heal();
  const isSettled = await runner.settle();
  const fresh = world.phones[0]?.publishRecord() ?? '';
  const isFresh = await runner.settle();
  const published = world.phones.flatMap((phone) => phone.sent);
  const sent = [...published, ...world.cables.flatMap((cable) => cable.sent)];
  const { storage, damagedRows } = world;
  const verdict = judgeFault({
    sent,
    objects: damagedRows === undefined ? storage.objects : storage.wholeObjects,
    duplicatesRecognised: world.intake.duplicatesRecognised,
    fresh,
    ...(damagedRows === undefined ? {} : { damagedRowsAllowed: damagedRows }),
    damageMayBeUntold: world.losesPower,
    deliveries: deliveriesTo(world),
  });
  return {
    plan,
    verdict,
    violations: [
      ...verdict.violations,
      ...world.storage.violations,
      ...world.violations,
      ...(isSettled && isFresh
        ? []
        : [`stuck: not in order ${CONVERGENCE_MS} ms after the faults`]),
      ...published
        .filter(({ acknowledged }) => !acknowledged)
        .map(({ line }) => `unacknowledged: ${line}`),
    ],
    met: happened(world),
    trace: [...world.trace, ...world.storage.objects.map(describeObject)],
  };
}

/** Rows of phones are counted when they are acknowledged, each time, those of cables when they are known to be safe. */
function deliveriesTo({ intake, cables, tally }: SimWorld): Deliveries {
  const { acknowledged, all } = intake.deliveries;
  // Nothing dies with a bridge that lives on. What phones send to one that stops is not acknowledged, and comes again.
  const ends = tally.kill + tally['power-loss'] + tally.failed + tally.stopped;
  if (ends === 0) return { least: all, most: all };
  const safe = cables.flatMap((cable) => cable.sent).filter((row) => row.acknowledged).length;
  return { least: acknowledged + safe, most: all };
}

function describeObject({ key, body }: Landed): string {
  return `${key}: ${body.length} bytes, CRC ${crc32(body)}`;
}

function endOf(fault: PlannedFault): number {
  return 'forMs' in fault ? fault.atMs + fault.forMs : fault.atMs;
}

/** Puts what is planned on the world's calendar. */
function schedule(world: SimWorld, plan: FaultPlan): void {
  const random = seededStreams(plan.seed)('calendar');
  const at = (ms: number, action: () => void): void => world.time.at(world.startMs + ms, action);
  for (const [senders, count] of [
    [world.phones, plan.messages],
    [world.cables, plan.lines],
  ] as const) {
    for (const sender of senders) {
      for (let left = count; left > 0; left--) {
        at(drawInteger(random, 0, plan.activeMs), () => void sender.publish());
      }
    }
  }
  for (const fault of plan.faults) {
    if (!('forMs' in fault)) {
      at(fault.atMs, () => world.strike(fault.kind));
      continue;
    }
    const [begin, end] = spell(world, fault, drawInteger(random, 0, LEFT_BYTES_MAX));
    at(fault.atMs, begin);
    at(fault.atMs + fault.forMs, end);
  }
}

/** How a spell begins and ends; what another spell has taken over meanwhile is left alone. */
function spell(
  { disk, storage }: SimWorld,
  { kind, rate }: Extract<PlannedFault, { readonly forMs: number }>,
  leftBytes: number,
): readonly [begin: () => void, end: () => void] {
  if (isOfStorage(kind)) {
    const weather = { fault: kind, rate };
    return [
      () => (storage.weather = weather),
      () => {
        if (storage.weather === weather) storage.weather = undefined;
      },
    ];
  }
  switch (kind) {
    case 'disk-full':
      return [() => disk.leaveRoom(leftBytes), () => disk.leaveRoom(Number.POSITIVE_INFINITY)];
    case 'sync-fails':
      return [() => disk.failSyncs(true), () => disk.failSyncs(false)];
    case 'sync-slow':
      return [() => (disk.slowness = 100), () => (disk.slowness = 1)];
  }
}

/** Runs virtual time, and lets everything that awaits something go on in between. */
class Runner {
  readonly #world: SimWorld;

  constructor(world: SimWorld) {
    this.#world = world;
  }

  async until(timeMs: number): Promise<void> {
    const { time } = this.#world;
    for (;;) {
      const next = time.nextMs();
      if (next === undefined || next > timeMs) return;
      time.run(next, 1);
      await drained();
    }
  }

  /** True once all is in order; false when it does not come to that. */
  async settle(): Promise<boolean> {
    const { time } = this.#world;
    const limitMs = time.now() + CONVERGENCE_MS;
    for (let ms = time.now(); ms < limitMs; ms += POLL_MS) {
      await this.until(ms);
      if (this.#world.isSettled) return true;
    }
    return false;
  }
}

/** Everything that was resolved has gone on, as far as it can without time. */
function drained(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function happened({ tally, met, disk, storage, intake, trace }: SimWorld): Map<string, number> {
  const noticed = (text: string): number => trace.filter((line) => line.includes(text)).length;
  return new Map<string, number>([
    ...Object.entries(tally),
    ...met,
    ...storage.met,
    ['disk-full', noticed('is full')],
    ['sync-fails', noticed('EIO')],
    ['torn-tail', disk.met.tornTail],
    ['removed-file-back', disk.met.resurrected],
    ['waited-for-room', intake.waited],
    ['duplicates-recognised', intake.duplicatesRecognised],
  ]);
}
