/** A run under virtual time: the same devices, protocol and bridge as live, on links in memory that carry the real bytes. */
import { FolderSink } from '../../bridge/index.ts';
import type { ObjectSink, SerialChannel } from '../../bridge/index.ts';
import {
  drawWorld,
  MemoryBroker,
  MemorySerial,
  scheduleFleet,
  TruthLedger,
  VirtualTime,
} from '../../simulator/index.ts';
import type { Fleet, RandomStreams, SentBytes, World } from '../../simulator/index.ts';
import type { Plan } from '../planning/plan.ts';
import { scheduleCustomerExports } from './customer-export.ts';
import { openDurablePlant } from './plant/durable-plant.ts';
import { openMemoryPlant } from './plant/memory-plant.ts';
import type { Plant } from './plant/plant.ts';

/** How long, in ms of the world, is waited after its end for what is still under way. */
const SETTLE_MS = 48 * 3_600_000;
/** Actions between two questions whether anything is still under way. */
const ACTIONS_PER_LOOK = 1_000;

/** What a run of the devices and the bridge leaves behind, apart from the landing objects. */
export interface DeviceRun {
  readonly world: World;
  readonly ledger: TruthLedger;
}

/** How a simulated run is done. */
export interface SimOptions {
  readonly streams: RandomStreams;
  /** Folder of the landing zone. */
  readonly landing: string;
  readonly signal?: AbortSignal | undefined;
  /** Told how much of the world's time has passed, 0–1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Told everything that arrives at the bridge, as one line each. */
  readonly onTrace?: ((line: string) => void) | undefined;
  /** Told all bytes that carry readings, as they leave a device. */
  readonly onSent?: ((sent: SentBytes) => void) | undefined;
}

/**
 * Runs a plan's world to its end, and on until everything has arrived that is under way. Throws what the landing folder or
 * the signal throws.
 */
export async function runSim(plan: Plan, options: SimOptions): Promise<DeviceRun> {
  const world = drawWorld(plan.world, options.streams);
  const run = new SimRun(plan, world, options);
  await run.open();
  await run.play();
  return { world, ledger: run.ledger };
}

class SimRun {
  readonly ledger = new TruthLedger();
  readonly #plan: Plan;
  readonly #world: World;
  readonly #options: SimOptions;
  readonly #timers: VirtualTime;
  readonly #sink: ObjectSink;
  readonly #broker: MemoryBroker;
  readonly #cables: MemorySerial;
  #plant: Plant | undefined;

  constructor(plan: Plan, world: World, options: SimOptions) {
    this.#plan = plan;
    this.#world = world;
    this.#options = options;
    this.ledger.onSent = options.onSent;
    this.#timers = new VirtualTime(plan.world.startMs);
    this.#sink = new FolderSink(options.landing);
    this.#broker = new MemoryBroker({
      timers: this.#timers,
      onMessage: (message, onTaken) => {
        this.#trace(message.topic, message.payload);
        this.#plant?.take(message, onTaken);
      },
      onSentAgain: () => this.ledger.note('message-sent-again'),
    });
    this.#cables = new MemorySerial({
      timers: this.#timers,
      streams: options.streams,
      baudRate: plan.baudRate,
      onPlugged: (channel) => this.#plant?.attach(this.#watched(channel)),
    });
  }

  /** Starts the bridge: one that has a disk, if it or its storage is to fail. */
  async open(): Promise<void> {
    const { faults, baudRate } = this.#plan;
    const shared = { timers: this.#timers, sink: this.#sink, baudRate };
    const needsDisk = faults.some(
      ({ kind }) => kind === 'bridge-killed' || kind === 'storage-down' || kind === 'storage-slow',
    );
    this.#plant = needsDisk
      ? await openDurablePlant({
          ...shared,
          streams: this.#options.streams,
          ledger: this.ledger,
          faults,
          onGone: () => {
            this.#broker.loseSubscriber();
            this.#cables.loseHost();
          },
          onBack: () => {
            this.#broker.regainSubscriber();
            this.#cables.regainHost();
          },
        })
      : openMemoryPlant(shared);
  }

  async play(): Promise<void> {
    const world = this.#world;
    const { streams, onProgress } = this.#options;
    const plant = this.#plant as Plant;
    const timers = this.#timers;
    const fleet = scheduleFleet({
      world,
      faults: this.#plan.faults,
      ...(this.#plan.recorded !== undefined && { recorded: this.#plan.recorded }),
      timers,
      streams,
      ledger: this.ledger,
      cables: this.#cables,
      network: this.#broker,
      broker: this.#broker,
    });
    const finishExports = scheduleCustomerExports(fleet, timers, this.#sink);
    while (timers.run(world.endMs, plant.actionsPerTurn)) {
      await this.#rest();
      onProgress?.((timers.now() - world.spec.startMs) / world.spec.durationMs);
    }
    await this.#settle(fleet);
    await plant.close();
    await finishExports();
  }

  /** All faults are over: what can still arrive has time to do so. */
  async #settle(fleet: Fleet): Promise<void> {
    const plant = this.#plant as Plant;
    const untilMs = this.#world.endMs + SETTLE_MS;
    const isSettled = (): boolean => fleet.isSettled && this.#broker.isIdle && plant.isIdle;
    await this.#rest();
    const actions = Math.min(plant.actionsPerTurn, ACTIONS_PER_LOOK);
    while (!isSettled() && this.#timers.run(untilMs, actions)) await this.#rest();
  }

  async #rest(): Promise<void> {
    await (this.#plant as Plant).turn();
    this.#options.signal?.throwIfAborted();
  }

  #watched(channel: SerialChannel): SerialChannel {
    if (this.#options.onTrace === undefined) return channel;
    return {
      ...channel,
      onData: (listener) =>
        channel.onData((chunk) => {
          this.#trace(channel.path, chunk);
          listener(chunk);
        }),
    };
  }

  #trace(source: string, bytes: Uint8Array): void {
    this.#options.onTrace?.(
      `${this.#timers.now()} ${source} ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`,
    );
  }
}
