/** A run in real time: pseudo-terminals, an MQTT broker over TCP, an S3 endpoint over HTTP, and the same devices and bridge as in `sim`. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchStore, Bridge, connectSubscriber, NO_WINDOWS } from '../../bridge/index.ts';
import type { Subscriber } from '../../bridge/index.ts';
import { parsePhoneTopic, PHONE_TOPIC_FILTERS } from '../../firmware-protocol/index.ts';
import {
  drawWorld,
  scheduleFleet,
  startBroker,
  TruthLedger,
  WallTime,
} from '../../simulator/index.ts';
import type { Broker, RandomStreams, RestartableBroker } from '../../simulator/index.ts';
import type { Plan } from '../planning/plan.ts';
import { ScenarioError } from '../scenario-error.ts';
import { scheduleCustomerExports } from './customer-export.ts';
import { downloadObjects } from './download.ts';
import { refuseInLive, whenSettled } from './live-limits.ts';
import { LivePhones, LiveSerial } from './live-links.ts';
import { openStorage } from './live-storage.ts';
import type { ExternalStorage, LiveStorage } from './live-storage.ts';
import type { DeviceRun } from './sim.ts';

/** The parts of a live run that somebody else provides; what is missing is simulated. */
export interface LiveParts {
  readonly brokerUrl?: string | undefined;
  readonly storage?: ExternalStorage | undefined;
}

/** How a live run is done. */
export interface LiveOptions {
  readonly streams: RandomStreams;
  readonly landing: string;
  readonly parts: LiveParts;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}

const PROGRESS_MS = 200;
/** How long the broker may take to grant the subscription, in real ms. */
const BROKER_MS = 5_000;
/** How long the last message may take through the broker, in real ms. */
const DRAIN_MS = 15_000;

/**
 * Runs a plan's world in real time, and downloads what landed to the landing folder. Whatever happens, it leaves no
 * port, connection or temporary folder behind.
 *
 * @throws ScenarioError, BridgeError, SimulatorError with the code of the part that failed; the signal's reason
 */
export async function runLive(plan: Plan, options: LiveOptions): Promise<DeviceRun> {
  const { brokerUrl } = options.parts;
  refuseInLive(plan, brokerUrl);
  const runId = `run-${randomBytes(4).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'stedi-live-'));
  const undo: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const storage = await openStorage({ external: options.parts.storage, folder, runId });
    undo.push(() => storage.close());
    const broker = brokerUrl === undefined ? await startBroker() : undefined;
    if (broker !== undefined) undo.push(() => broker.close());
    const run = new LiveRun({ plan, options, storage, broker, runId, folder });
    undo.push(() => run.stop());
    const result = await run.play(brokerUrl ?? (broker as Broker).url);
    await readBack(storage, options.landing);
    return result;
  } finally {
    await undoAll(undo);
  }
}

/** The zones are made from what the storage gives back, not from what was sent there. */
async function readBack(storage: LiveStorage, landing: string): Promise<void> {
  try {
    await downloadObjects(storage, landing);
  } catch (cause) {
    const place = `${storage.bucket}/${storage.prefix}`;
    const message = `Cannot read back what landed in ${place}. Check that the S3 endpoint still runs and that its objects may be listed and read.`;
    throw new ScenarioError('STORAGE_UNREACHABLE', message, { cause });
  }
}

/** Takes every step back, the last one first, whatever happens to one of them. */
async function undoAll(undo: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of undo.toReversed()) {
    await step().catch((failure: unknown) => failures.push(failure));
  }
  if (failures.length > 0) throw failures[0];
}

interface LiveRunOptions {
  readonly plan: Plan;
  readonly options: LiveOptions;
  readonly storage: LiveStorage;
  readonly broker: Broker | undefined;
  readonly runId: string;
  readonly folder: string;
}

class LiveRun {
  readonly #options: LiveRunOptions;
  readonly #ledger = new TruthLedger();
  /** Ends the run: with a reason when something failed, with the caller's signal, or never. */
  readonly #failure = new AbortController();
  #timers: WallTime | undefined;
  #subscriber: Subscriber | undefined;
  #serial: LiveSerial | undefined;
  #phones: LivePhones | undefined;
  /** Called when the end mark came through the broker. */
  #onEndMark: () => void = () => undefined;

  constructor(options: LiveRunOptions) {
    this.#options = options;
  }

  async play(url: string): Promise<DeviceRun> {
    const { plan, options, storage, broker, runId, folder } = this.#options;
    const world = drawWorld(plan.world, options.streams);
    const onFailure = (cause: unknown): void => this.#failure.abort(cause);
    const timers = new WallTime(plan.world.startMs, plan.speed);
    this.#timers = timers;
    const store = new BatchStore({
      id: runId,
      timers,
      sink: storage.sink,
      onStoreFailure: (_object, cause) => onFailure(cause),
    });
    // What comes twice shall land twice here: that the zones hold it once is for the pipeline to show.
    const bridge = new Bridge({ store, timers, windows: NO_WINDOWS });
    await this.#subscribe(url, bridge, store);
    const pace = plan.speed > 1 ? undefined : timers;
    const serial = new LiveSerial({ folder, baudRate: plan.baudRate, pace, bridge, onFailure });
    this.#serial = serial;
    const phones = new LivePhones({ url, clientPrefix: `${runId}-`, onFailure });
    this.#phones = phones;
    const finishExports = scheduleCustomerExports(world, timers, storage.sink);
    const fleet = scheduleFleet({
      world,
      faults: plan.faults,
      ...(plan.recorded !== undefined && { recorded: plan.recorded }),
      timers,
      streams: options.streams,
      ledger: this.#ledger,
      cables: serial,
      network: phones,
      broker: broker === undefined ? NO_BROKER : restartable(broker, onFailure),
    });
    await this.#race(this.#waitForEnd(timers, world.endMs));
    await this.#race(whenSettled(fleet, timers));
    await this.#race(this.#drain(phones));
    bridge.stop();
    await this.#race(store.close());
    await this.#race(finishExports());
    return { world, ledger: this.#ledger };
  }

  /** Ends everything that is still under way. */
  async stop(): Promise<void> {
    this.#timers?.stop();
    await this.#serial?.close();
    await this.#phones?.kill();
    await this.#subscriber?.close();
  }

  /** Unlike a bridge in production, a run does not wait for a broker that is away or refuses to serve it. */
  async #subscribe(url: string, bridge: Bridge, store: BatchStore): Promise<void> {
    const { runId } = this.#options;
    this.#subscriber = await connectSubscriber({
      url,
      clientId: `${runId}-bridge`,
      filters: Object.values(PHONE_TOPIC_FILTERS),
      store,
      take: (message, onDurable) => {
        const clientId = parsePhoneTopic(message.topic)?.clientId ?? '';
        // Other runs may share the broker: their phones are not ours.
        if (!clientId.startsWith(`${runId}-`)) return onDurable();
        if (clientId !== `${runId}-end`) return bridge.take(message, onDurable);
        this.#onEndMark();
        return onDurable();
      },
    });
    await this.#subscriber.established(BROKER_MS);
  }

  async #waitForEnd(timers: WallTime, endMs: number): Promise<void> {
    const { plan, options } = this.#options;
    const { startMs, durationMs } = plan.world;
    const tick = (): void => {
      options.onProgress?.(Math.min(1, (timers.now() - startMs) / durationMs));
      timers.at(timers.now() + PROGRESS_MS * plan.speed, tick);
    };
    tick();
    await new Promise<void>((resolve) => timers.at(endMs, resolve));
  }

  /**
   * Waits until everything that phones sent has come through. A broker queues messages for a subscriber in the order
   * in which it accepted them, so one more message, sent when all others are acknowledged, arrives last.
   */
  async #drain(phones: LivePhones): Promise<void> {
    await phones.drain();
    const arrived = new Promise<void>((resolve) => (this.#onEndMark = resolve));
    const mark = phones.connect('end');
    mark.publish('stedi/v1/phones/end/accelerometer', '{}', () => undefined);
    const deadline = AbortSignal.timeout(DRAIN_MS);
    deadline.addEventListener('abort', () => this.#failure.abort(brokerSilent(deadline.reason)));
    await arrived;
    await phones.drain();
  }

  /** Waits for `work`, for a failure, or for the caller to stop the run. */
  async #race(work: Promise<void>): Promise<void> {
    const { signal } = this.#options.options;
    const stopped = AbortSignal.any([this.#failure.signal, ...(signal ? [signal] : [])]);
    let onAbort: () => void = () => undefined;
    const stop = new Promise<never>((_, reject) => {
      onAbort = () => reject(stopped.reason as Error);
      stopped.addEventListener('abort', onAbort, { once: true });
      if (stopped.aborted) onAbort();
    });
    try {
      await Promise.race([work, stop]);
    } finally {
      stopped.removeEventListener('abort', onAbort);
    }
  }
}

function brokerSilent(cause: unknown): ScenarioError {
  const message = `The broker acknowledged the last message and did not deliver it within ${DRAIN_MS / 1000} s. Check what else it has to do, and its limits for waiting messages.`;
  return new ScenarioError('BROKER_SILENT', message, { cause });
}

const NO_BROKER: RestartableBroker = { down: () => undefined, up: () => undefined };

function restartable(broker: Broker, onFailure: (cause: unknown) => void): RestartableBroker {
  return {
    down: () => void broker.down().catch(onFailure),
    up: () => void broker.up().catch(onFailure),
  };
}
