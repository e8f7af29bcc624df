/** The bridge as a service: spool, landing, sources, and what it tells of itself. */
import { SystemTimers } from './adapters/system-timers.ts';
import { DeviceMemory, hostBootId } from './adapters/device-memory.ts';
import type { BridgeError } from './bridge-error.ts';
import { BridgeService } from './bridge-service.ts';
import type { ServiceCounts } from './bridge-service.ts';
import type { StartBridgeOptions } from './bridge-settings.ts';
import type { BridgeWorld } from './bridge-world.ts';
import { openSink } from './landing-sink.ts';
import type { SerialPortStatus } from './serial/index.ts';
import { openSpool } from './spool/open-spool.ts';
import { BridgeMetrics } from './watch/index.ts';
import type { BridgeStatus } from './watch/index.ts';

const MS_PER_SECOND = 1000;

/** A bridge that runs. */
export interface RunningBridge {
  /** How it is now. */
  readonly status: BridgeStatus;
  /** What it did until now. */
  readonly counts: ServiceCounts;
  /** The serial ports that it looks after, one by one. */
  readonly ports: readonly SerialPortStatus[];
  /**
   * Resolves when the broker elsewhere serves the bridge, or when there is none. The bridge goes on trying, whatever comes
   * of it.
   *
   * @throws BridgeError BROKER_UNREACHABLE, BROKER_REFUSED, TLS_FILE when the attempt at hand fails, or takes longer
   */
  established(timeoutMs: number): Promise<void>;
  /** Resolves with why the bridge cannot go on, if that happens. It is still to be closed. */
  readonly failed: Promise<BridgeError>;
  /**
   * Stops the devices, gives what was promised its acknowledgement, lands what can be landed within `graceMs`, and leaves
   * the rest in the spool.
   *
   * @throws BridgeError SPOOL_FAILED when the disk of the spool is full or broken: what was not acknowledged is not kept
   */
  close(graceMs: number): Promise<void>;
}

/**
 * Opens everything and begins to take. Storage or a broker that is away is waited for. With `world`, the bridge is that of
 * a simulated world.
 *
 * @throws BridgeError when this machine does not allow it, or what was given is wrong; nothing stays open then
 */
export async function startBridge(
  options: StartBridgeOptions,
  world: BridgeWorld = {},
): Promise<RunningBridge> {
  const undo: (() => Promise<void> | void)[] = [];
  const letGo = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const service = await openService(options, world, undo);
    return {
      get status() {
        return service.status;
      },
      get counts() {
        return service.counts;
      },
      get ports() {
        return service.ports;
      },
      established: (timeoutMs) => service.established(timeoutMs),
      failed: service.failed,
      close: async (graceMs) => {
        await service.drain(graceMs);
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

async function openService(
  options: StartBridgeOptions,
  world: BridgeWorld,
  undo: (() => Promise<void> | void)[],
): Promise<BridgeService> {
  const { notices, spoolFolder, id, flushMs } = options;
  const timers = new SystemTimers({
    onClockStep: ({ byMs }) => {
      const text = `The clock of this machine was set by ${Math.round(byMs / MS_PER_SECOND)} s. Records that arrive from now on have the new time.`;
      notices.notice({ level: 'warn', part: 'bridge', text });
    },
  });
  undo.push(() => timers.stop());
  const clock = world.timers ?? timers;
  const metrics = new BridgeMetrics();
  let fail: (error: BridgeError) => void = () => undefined;
  const failed = new Promise<BridgeError>((resolve) => {
    fail = resolve;
  });
  const spool = await openSpool({
    folder: spoolFolder,
    ...(id !== undefined && { bridgeId: id }),
    timers: clock,
    limits: { segmentMs: flushMs },
    onNotice: (notice) => notices.notice(notice),
    onSync: (durationMs) => metrics.observeSync(durationMs / MS_PER_SECOND),
    onFailure: (error) => fail(error),
  });
  undo.push(() => spool.close());
  const memory = DeviceMemory.open(spoolFolder, { spoolId: spool.spoolId, hostBoot: hostBootId() });
  undo.push(() => memory.close());
  const sink = world.sink ?? openSink(options.storage);
  undo.push(() => sink.close());
  const service = new BridgeService({
    options,
    world,
    clock,
    timers,
    spool,
    sink,
    memory,
    metrics,
    failed,
  });
  undo.push(() => service.close());
  await service.open();
  return service;
}
