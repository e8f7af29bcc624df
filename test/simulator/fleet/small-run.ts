/** A whole run in memory: world, fleet, links, bridge, and a place for objects. */
import { BatchStore } from '../../../bridge/batch-store.ts';
import { Bridge } from '../../../bridge/bridge.ts';
import { NO_WINDOWS } from '../../../bridge/core/duplicate-windows.ts';
import type { LandingObject } from '../../../bridge/core/landing-batches.ts';
import type { Fault } from '../../../simulator/core/faults.ts';
import { TruthLedger } from '../../../simulator/core/truth-ledger.ts';
import type { Fate, Truth } from '../../../simulator/core/truth-ledger.ts';
import type { World } from '../../../simulator/core/world.ts';
import type { WorldSpec } from '../../../simulator/core/world-spec.ts';
import { scheduleFleet } from '../../../simulator/fleet/fleet.ts';
import type { Fleet } from '../../../simulator/fleet/fleet.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { MemoryBroker } from '../../../simulator/virtual/memory-broker.ts';
import { MemorySerial } from '../../../simulator/virtual/memory-serial.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { sampleWorld } from '../core/sample-world.ts';

const SEED = 1;

/** How a run is wired. */
export interface RunOptions {
  readonly baudRate?: number;
  /** Told of the fleet when it is under way, and of its clock. */
  readonly onFleet?: (fleet: Fleet, timers: VirtualTime) => void;
}

type Row = Readonly<Record<string, unknown>>;

/** What a run leaves behind. */
export class SmallRun {
  world: World;
  readonly ledger: TruthLedger = new TruthLedger();
  readonly objects: LandingObject[] = [];
  readonly #options: RunOptions;

  constructor(change: Partial<WorldSpec> = {}, options: RunOptions = {}) {
    this.world = sampleWorld(change, SEED);
    this.#options = options;
  }

  /** Plays the world with these faults to its end. */
  async play(...faults: readonly Fault[]): Promise<this> {
    const { world, ledger } = this;
    const timers = new VirtualTime(world.spec.startMs);
    const streams = seededStreams(SEED);
    const sink = { put: async (object: LandingObject) => void this.objects.push(object) };
    const onStoreFailure = (_object: LandingObject, cause: unknown): void => {
      throw cause;
    };
    const store = new BatchStore({ id: 'b', timers, sink, onStoreFailure });
    const bridge = new Bridge({ store, timers, windows: NO_WINDOWS });
    const { baudRate = 57_600, onFleet } = this.#options;
    const onPlugged = (channel: Parameters<Bridge['attach']>[0]): void =>
      void bridge.attach(channel, baudRate);
    const cables = new MemorySerial({ timers, streams, baudRate, onPlugged });
    const broker = new MemoryBroker({
      timers,
      onMessage: (message, onTaken) => {
        bridge.take(message, () => undefined);
        onTaken();
      },
    });
    const links = { cables, network: broker, broker };
    const fleet = scheduleFleet({ world, faults, timers, streams, ledger, ...links });
    onFleet?.(fleet, timers);
    if (timers.run(world.endMs, 1_000_000)) throw new RangeError('This run never ends');
    this.world = fleet.world;
    bridge.stop();
    await store.close();
    return this;
  }

  /** The rows of a table, in the order in which they came. */
  rows(table: string): Row[] {
    return this.objects
      .filter(({ key }) => key.startsWith(`${table}/`))
      .flatMap(({ body }) => (body as string).trimEnd().split('\n'))
      .map((line) => JSON.parse(line) as Row);
  }

  /** The rows that readings of these fates become, one by one. */
  expectedRows(kind: Truth['kind'], ...fates: readonly Fate[]): Row[] {
    return this.ledger.readings
      .filter((truth) => truth.kind === kind && fates.includes(truth.fate))
      .map((truth) => this.#toRow(truth));
  }

  /** How many readings of a kind have each fate. */
  fates(kind: Truth['kind']): Partial<Record<Fate, number>> {
    const counts: Partial<Record<Fate, number>> = {};
    for (const truth of this.ledger.readings) {
      if (truth.kind === kind) counts[truth.fate] = (counts[truth.fate] ?? 0) + 1;
    }
    return counts;
  }

  #toRow(truth: Truth): Row {
    if (truth.kind === 'distance') {
      const { atMs, serialNumber, distance } = truth;
      return { sensorReadingTime: atMs, serialNumber, distanceFromObject: distance };
    }
    const { person, timeStamp, x, y, z } = truth;
    return { user: this.world.people[person]?.identity.email, timeStamp, x, y, z };
  }
}

/** Rows in an order that does not depend on the way they took. */
export function sorted(rows: readonly Row[]): string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted();
}
