/** A run under virtual time: the same devices, protocol and bridge as live, on links in memory that carry the real bytes. */
import { BatchStore, Bridge, FolderSink, NO_WINDOWS } from '../../bridge/index.ts';
import {
  drawWorld,
  MemoryBroker,
  MemorySerial,
  scheduleFleet,
  TruthLedger,
  VirtualTime,
} from '../../simulator/index.ts';
import type { RandomStreams, World } from '../../simulator/index.ts';
import type { Plan } from '../plan.ts';
import { scheduleCustomerExports } from './customer-export.ts';

/** Actions between two looks at the outside world: objects get written, progress is told, a stop is noticed. */
const ACTIONS_PER_TURN = 20_000;

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
}

/** Runs a plan's world to its end. Throws what the landing folder or the signal throws. */
export async function runSim(plan: Plan, options: SimOptions): Promise<DeviceRun> {
  const { streams, landing, signal, onProgress, onTrace } = options;
  const world = drawWorld(plan.world, streams);
  const timers = new VirtualTime(plan.world.startMs);
  const ledger = new TruthLedger();
  const sink = new FolderSink(landing);
  let failure: unknown;
  const onStoreFailure = (_object: unknown, cause: unknown): void => {
    failure ??= cause;
  };
  const store = new BatchStore({ id: 'bridge-1', timers, sink, onStoreFailure });
  // What comes twice shall land twice here: that the zones hold it once is for the pipeline to show.
  const bridge = new Bridge({ store, timers, windows: NO_WINDOWS });
  const trace = (source: string, bytes: Uint8Array): void =>
    onTrace?.(`${timers.now()} ${source} ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`);
  const cables = new MemorySerial({
    timers,
    streams,
    baudRate: plan.baudRate,
    onPlugged: (channel) => {
      const onData: typeof channel.onData = (listener) =>
        channel.onData((chunk) => {
          trace(channel.path, chunk);
          listener(chunk);
        });
      bridge.attach(onTrace === undefined ? channel : { ...channel, onData }, plan.baudRate);
    },
  });
  const broker = new MemoryBroker({
    timers,
    onMessage: (topic, payload) => {
      trace(topic, payload);
      bridge.take({ topic, payload, dup: false }, () => undefined);
    },
  });
  const finishExports = scheduleCustomerExports(world, timers, sink);
  scheduleFleet({
    world,
    faults: plan.faults,
    ...(plan.recorded !== undefined && { recorded: plan.recorded }),
    timers,
    streams,
    ledger,
    cables,
    network: broker,
    broker,
  });
  while (timers.run(world.endMs, ACTIONS_PER_TURN)) {
    await store.settle();
    signal?.throwIfAborted();
    onProgress?.((timers.now() - world.spec.startMs) / world.spec.durationMs);
  }
  bridge.stop();
  await store.close();
  await finishExports();
  if (failure !== undefined) throw failure;
  return { world, ledger };
}
