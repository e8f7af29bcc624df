/** A bridge with supervised serial ports, trainers that can be unplugged in the middle of a line, and what came of it. */
import { Bridge } from '../../bridge/bridge.ts';
import type { AttachedPort } from '../../bridge/bridge.ts';
import type { BatchTable } from '../../bridge/core/landing-batches.ts';
import type { BridgeTimers, RecordStore, SerialChannel } from '../../bridge/ports.ts';
import { superviseSerial } from '../../bridge/serial/index.ts';
import type { SerialSupervisor, SerialWorld } from '../../bridge/serial/index.ts';
import { encodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { RandomStreams } from '../../simulator/core/random.ts';
import type { Timers } from '../../simulator/core/timers.ts';
import { FREE_RUNNING_OPTIONS, STEP_TRAINER } from '../../simulator/core/trainer.ts';
import type { TrainerProduct } from '../../simulator/core/trainer.ts';
import { TrainerDriver } from '../../simulator/fleet/trainer-driver.ts';
import { pacePort } from '../../simulator/live/paced-port.ts';
import type { PacedPort } from '../../simulator/live/paced-port.ts';
import type { VirtualPort } from '../../simulator/live/pty.ts';
import type { FaultOutcome, Landed } from './oracle.ts';
import { landingLine, SerialTruth } from './serial-truth.ts';

export const BAUD = 57_600;
/** How far the time of a reading may be from the truth: what the bridge promises of its clock fit, and a tick. */
const TIME_ERROR_MS_MAX = 6;

/** A store that keeps everything, and is full when a test says so. */
export class KeptRecords implements RecordStore {
  readonly lines: Map<BatchTable, string[]> = new Map();
  bytes = 0;
  #isFull = false;
  readonly #listeners: (() => void)[] = [];

  append(table: BatchTable, lines: Uint8Array, _rows: number, onDurable?: () => void): void {
    const text = Buffer.from(lines).toString('utf8');
    const kept = this.lines.get(table) ?? [];
    this.lines.set(table, kept);
    kept.push(...text.trimEnd().split('\n'));
    this.bytes += lines.length;
    if (onDurable !== undefined) queueMicrotask(onDurable);
  }

  flush(): void {}

  get isFull(): boolean {
    return this.#isFull;
  }

  onRoom(listener: () => void): void {
    this.#listeners.push(listener);
  }

  fill(isFull: boolean): void {
    this.#isFull = isFull;
    if (!isFull) for (const listener of this.#listeners) listener();
  }

  of(table: BatchTable): readonly string[] {
    return this.lines.get(table) ?? [];
  }
}

/** What a port has brought since it was opened. */
interface Tap {
  readonly path: string;
  readonly chunks: Buffer[];
  isOpen: boolean;
}

/** The bench. Trainers run on the timers of the world; those of the bridge may be others. */
export class SerialBench {
  readonly store: KeptRecords = new KeptRecords();
  readonly truth: SerialTruth = new SerialTruth();
  readonly notices: string[] = [];
  readonly bridge: Bridge;
  readonly #taps: Tap[] = [];
  readonly #supervisor: SerialSupervisor;
  readonly #timeErrorMsMax: number;

  constructor(options: {
    readonly timers: BridgeTimers;
    readonly ports: readonly string[];
    readonly world?: SerialWorld;
    readonly pollMs: number;
    /** How far times may be off, in ms, where the machine is late; what the bridge promises if not given. */
    readonly timeErrorMsMax?: number;
  }) {
    const { timers, timeErrorMsMax = TIME_ERROR_MS_MAX, ...others } = options;
    this.#timeErrorMsMax = timeErrorMsMax;
    this.bridge = new Bridge({ store: this.store, timers });
    this.#supervisor = superviseSerial({
      ...others,
      baudRate: BAUD,
      timers,
      bridge: { attach: (channel, baudRate) => this.#attach(channel, baudRate) },
      onNotice: ({ text }) => this.notices.push(text),
    });
  }

  get status(): SerialSupervisor['status'] {
    return this.#supervisor.status;
  }

  /** Whether an open port has brought the beginning of a line and not its end. */
  isMidLine(path: string): boolean {
    const tap = this.#taps.findLast((each) => each.path === path);
    const last = tap?.chunks.at(-1)?.at(-1);
    return tap?.isOpen === true && last !== undefined && last !== 0x0a;
  }

  /** Everything that came through all ports, a piece for each time that one was open. */
  get received(): readonly Buffer[] {
    return this.#taps.map(({ chunks }) => Buffer.concat(chunks));
  }

  async close(): Promise<void> {
    await this.#supervisor.close();
  }

  /**
   * What came in against what landed. The time of a reading that is right within a few ms, or that `aheadMs` (of its true
   * time) explains, counts as the true one.
   */
  outcome(aheadMs: (atMs: number) => readonly number[] = () => [0]): FaultOutcome {
    const sent = this.received.flatMap((bytes) => this.truth.rowsOf(bytes));
    const landed = this.store
      .of('step_trainer_landing')
      .map((line) => this.#withTrueTime(line, aheadMs));
    const fresh = sent.findLast(({ poison }) => !poison)?.line ?? 'nothing landed';
    const objects: Landed[] = [
      objectOf('step_trainer_landing', landed),
      objectOf('quarantine/step_trainer_landing', this.store.of('quarantine/step_trainer_landing')),
    ];
    const all = sent.length;
    return {
      sent,
      objects,
      duplicatesRecognised: 0,
      fresh,
      deliveries: { least: all, most: all },
    };
  }

  #withTrueTime(line: string, aheadMs: (atMs: number) => readonly number[]): string {
    const row = JSON.parse(line) as Record<string, unknown>;
    const { sensorReadingTime, serialNumber, distanceFromObject } = row;
    const reading = this.truth.find(String(serialNumber), Number(distanceFromObject));
    if (reading === undefined) return line;
    const errors = aheadMs(reading.atMs).map((ahead) =>
      Math.abs(Number(sensorReadingTime) - reading.atMs - ahead),
    );
    return Math.min(...errors) <= this.#timeErrorMsMax ? landingLine(reading) : line;
  }

  #attach(channel: SerialChannel, baudRate: number): AttachedPort {
    const tap: Tap = { path: channel.path, chunks: [], isOpen: true };
    this.#taps.push(tap);
    channel.onClose(() => (tap.isOpen = false));
    return this.bridge.attach(
      {
        path: channel.path,
        write: (bytes) => channel.write(bytes),
        onData: (listener) =>
          channel.onData((chunk) => {
            tap.chunks.push(Buffer.from(chunk));
            listener(chunk);
          }),
        onClose: (listener) => channel.onClose(listener),
      },
      baudRate,
    );
  }
}

function objectOf(table: BatchTable, lines: readonly string[]): Landed {
  return { key: `${table}/all.json`, body: Buffer.from(lines.map((line) => `${line}\n`).join('')) };
}

/** A trainer whose readings can be told apart, with a cable that is plugged in somewhere or nowhere. */
export class BenchTrainer {
  readonly serialNumber: string;
  readonly #driver: TrainerDriver;
  readonly #timers: Timers;
  readonly #driftPpm: number;
  readonly #product: TrainerProduct;
  #port: PacedPort | undefined;
  #readings = 0;

  constructor(options: {
    readonly box: number;
    readonly timers: Timers;
    readonly streams: RandomStreams;
    readonly truth: SerialTruth;
    /** The fastest that it offers; 50 if not given. */
    readonly rateHz?: number;
  }) {
    const { box, timers, streams, truth, rateHz = 50 } = options;
    this.serialNumber = `5f8c2d1e-0a3b-4c5d-8e9f-0011223344${String(box).padStart(2, '0')}`;
    this.#timers = timers;
    this.#driftPpm = 40 * box - 60;
    this.#product = { ...STEP_TRAINER, maxRateHz: rateHz };
    this.#driver = new TrainerDriver({
      timers,
      bootRandom: streams(`box:${box}/boot`),
      sensor: {
        distanceAt: (atMs) => {
          const distance = this.#readings++ % 65_536;
          truth.add({ serialNumber: this.serialNumber, atMs, distance });
          return { distance, outOfRange: false };
        },
      },
      send: (line) => {
        const bytes = encodeDeviceLine(line);
        const port = this.#port;
        return port !== undefined && bytes.length <= port.freeBytes && port.send(bytes);
      },
    });
  }

  /** How many readings it has measured. */
  get readings(): number {
    return this.#readings;
  }

  /** Puts its cable into a port. It boots, unless it has had power all the time. */
  plug(port: VirtualPort): void {
    const paced = pacePort(port, { timers: this.#timers, baudRate: BAUD });
    this.#port = paced;
    paced.onReceive((bytes) => {
      if (this.#port === paced) this.#driver.receive(bytes);
    });
    if (this.#driver.isOn) return;
    this.#driver.powerOn({
      serialNumber: this.serialNumber,
      driftPpm: this.#driftPpm,
      options: FREE_RUNNING_OPTIONS,
      product: this.#product,
      why: 'PWR',
    });
  }

  /** Pulls its cable, wherever a line may be; one with a battery goes on. */
  unplug(hasBattery: boolean): void {
    if (!hasBattery) this.#driver.powerOff();
    this.#port?.close();
    this.#port = undefined;
  }
}
