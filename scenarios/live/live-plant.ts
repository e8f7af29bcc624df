/** Everything of a live run that is not the world: storage, broker, bridge, ports, connections of phones. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notice, RunningBridge } from '../../bridge/index.ts';
import { startBroker } from '../../simulator/index.ts';
import type { Broker, Occurrence, RestartableBroker, WallTime } from '../../simulator/index.ts';
import { ScenarioError } from '../scenario-error.ts';
import { countFlow } from './flow-counts.ts';
import type { FlowCounts } from './flow-counts.ts';
import { END_MARK, startLiveBridge } from './live-bridge.ts';
import { LivePhones } from './live-phones.ts';
import { LiveSerial } from './live-serial.ts';
import { openStorage } from './live-storage.ts';
import type { ExternalStorage, LiveStorage } from './live-storage.ts';
import { SerialTraffic } from './serial-traffic.ts';

/** The parts of a live run that somebody else provides; what is missing is simulated. */
export interface LiveParts {
  readonly brokerUrl?: string | undefined;
  readonly storage?: ExternalStorage | undefined;
  /** Ports with real devices that join: paths, patterns, or `auto` for all that are plugged in. */
  readonly serialPorts?: readonly string[] | undefined;
}

/** What a plant is built for. */
export interface LivePlantOptions {
  readonly timers: WallTime;
  readonly parts: LiveParts;
  readonly baudRate: number;
  /** How long a record waits for its object to be filled, in ms of the world. */
  readonly flushMs: number;
  readonly onNotice: (notice: Notice) => void;
  readonly onOccurrence: (occurrence: Occurrence) => void;
  /** Gives what is told the bytes that come from the real device on a port. */
  readonly onRealPort: (path: string) => (chunk: Uint8Array) => void;
  /** Called before an object is sent to the storage. */
  readonly beforeStoring: () => void;
  /** Told once something is broken beyond what was asked for. */
  readonly onFailure: (cause: unknown) => void;
}

/** How long the broker may take to grant the subscription, in real ms. */
const BROKER_MS = 5_000;
/** How long the last message may take through the broker, in real ms. */
const DRAIN_MS = 15_000;
/** How long the bridge may take to land what it has, in real ms. */
const LAND_MS = 60_000;

/**
 * Builds a plant; nothing stays of one that cannot be built.
 *
 * @throws BridgeError, SimulatorError with the code of the part that failed
 */
export async function buildLivePlant(options: LivePlantOptions): Promise<LivePlant> {
  const plant = new LivePlant(options);
  try {
    await plant.build();
    return plant;
  } catch (error) {
    await plant.close();
    throw error;
  }
}

/** The real parts of a run, and how they come and go. */
export class LivePlant {
  readonly #options: LivePlantOptions;
  readonly #runId = `run-${randomBytes(4).toString('hex')}`;
  readonly #traffic = new SerialTraffic();
  /** What takes each part away again, the first one last. */
  readonly #undo: (() => Promise<void> | void)[] = [];
  #storedBytes = 0;
  #storage: LiveStorage | undefined;
  #broker: Broker | undefined;
  #bridge: RunningBridge | undefined;
  /** The bridge until it is closed: nobody closes it twice. */
  #openBridge: RunningBridge | undefined;
  #serial: LiveSerial | undefined;
  #phones: LivePhones | undefined;
  /** Called when the end mark came through the broker. */
  #onEndMark: () => void = () => undefined;

  constructor(options: LivePlantOptions) {
    this.#options = options;
  }

  get storage(): LiveStorage {
    return this.#storage as LiveStorage;
  }

  get bridge(): RunningBridge {
    return this.#bridge as RunningBridge;
  }

  get serial(): LiveSerial {
    return this.#serial as LiveSerial;
  }

  get phones(): LivePhones {
    return this.#phones as LivePhones;
  }

  /** False when the broker is that of somebody else. */
  get hasBroker(): boolean {
    return this.#broker !== undefined;
  }

  /** The broker, as far as it can be taken away. */
  get broker(): RestartableBroker {
    const broker = this.#broker;
    const { onFailure } = this.#options;
    if (broker === undefined) return NO_BROKER;
    return {
      down: () => void broker.down().catch(onFailure),
      up: () => void broker.up().catch(onFailure),
    };
  }

  /** What has passed until now. */
  get flow(): FlowCounts {
    return countFlow(this.bridge.status, this.#traffic, this.#storedBytes);
  }

  /** Builds all parts, and waits until phones and trainers can begin. */
  async build(): Promise<void> {
    const { timers, parts, baudRate, flushMs, onNotice, onOccurrence, onFailure, beforeStoring } =
      this.#options;
    const runId = this.#runId;
    const folder = await mkdtemp(join(tmpdir(), 'stedi-live-'));
    this.#undo.push(() => rm(folder, { recursive: true, force: true }));
    const storage = await openStorage({
      external: parts.storage,
      folder,
      runId,
      onStruck: onOccurrence,
    });
    this.#storage = storage;
    this.#undo.push(() => storage.close());
    const url = parts.brokerUrl ?? (await this.#startBroker());
    const pace = timers.speed > 1 ? undefined : timers;
    const serial = new LiveSerial({ folder, baudRate, pace, onFailure });
    this.#serial = serial;
    this.#bridge = await startLiveBridge({
      runId,
      folder,
      timers,
      storage,
      brokerUrl: url,
      serial: { ports: [serial.pattern, ...(parts.serialPorts ?? [])], baudRate },
      flushMs,
      listen: (path) => this.#listen(path),
      beforeStoring,
      onNotice,
      onEndMark: () => this.#onEndMark(),
      onStored: (bytes) => (this.#storedBytes += bytes),
    });
    this.#openBridge = this.#bridge;
    void this.#bridge.failed.then(onFailure);
    this.#undo.push(() => this.#closeBridge(0));
    this.#undo.push(() => serial.close());
    // Unlike a bridge in production, a run does not wait for a broker that is away or refuses to serve it.
    await this.#bridge.established(BROKER_MS);
    const waits = this.hasBroker;
    const phones = new LivePhones({ url, clientPrefix: `${runId}-`, waits, onFailure });
    this.#phones = phones;
    this.#undo.push(() => phones.kill());
  }

  /** Waits until all that phones published has arrived, and until it has landed. */
  async drain(): Promise<void> {
    await this.#drainBroker();
    await this.#closeBridge(LAND_MS);
    if (this.bridge.counts.unlanded === 0) return;
    // The storage knows best what is wrong with it.
    await this.storage.sink.check();
    const message = `The bridge could not land everything within ${LAND_MS / 1000} s. Check what else the storage has to do, and its network.`;
    throw new ScenarioError('STORAGE_UNREACHABLE', message);
  }

  /** Takes every part away, the last one first, whatever happens to one of them. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#undo.splice(0).toReversed()) {
      try {
        await step();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  #listen(path: string): (chunk: Uint8Array) => void {
    const hear = this.serial.owns(path) ? undefined : this.#options.onRealPort(path);
    return (chunk) => {
      this.#traffic.add(chunk);
      hear?.(chunk);
    };
  }

  async #closeBridge(graceMs: number): Promise<void> {
    const bridge = this.#openBridge;
    this.#openBridge = undefined;
    await bridge?.close(graceMs);
  }

  async #startBroker(): Promise<string> {
    const broker = await startBroker();
    this.#broker = broker;
    this.#undo.push(() => broker.close());
    return broker.url;
  }

  /**
   * Waits until everything that phones sent has come through. A broker queues messages for a subscriber in the order
   * in which it accepted them, so one more message, sent when all others are acknowledged, arrives last.
   */
  async #drainBroker(): Promise<void> {
    await this.phones.drain();
    const arrived = new Promise<void>((resolve) => (this.#onEndMark = resolve));
    const mark = this.phones.connect(END_MARK);
    mark.publish(`stedi/v1/phones/${END_MARK}/accelerometer`, '{}', () => undefined);
    const deadline = AbortSignal.timeout(DRAIN_MS);
    const onLate = (): void => this.#options.onFailure(brokerSilent(deadline.reason));
    deadline.addEventListener('abort', onLate, { once: true });
    await arrived;
    deadline.removeEventListener('abort', onLate);
    await this.phones.drain();
  }
}

const NO_BROKER: RestartableBroker = { down: () => undefined, up: () => undefined };

function brokerSilent(cause: unknown): ScenarioError {
  const message = `The broker acknowledged the last message and did not deliver it within ${DRAIN_MS / 1000} s. Check what else it has to do, and its limits for waiting messages.`;
  return new ScenarioError('BROKER_SILENT', message, { cause });
}
