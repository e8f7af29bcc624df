/** One life of the bridge: the real spool, lander and intake in one process. */
import { crc32 } from 'node:zlib';
import { Bridge } from '../../../bridge/index.ts';
import type { ObjectSink } from '../../../bridge/index.ts';
import { BATCH_TABLES } from '../../../bridge/core/spool-names.ts';
import { Lander } from '../../../bridge/landing/lander.ts';
import type { OnNotice } from '../../../bridge/notice.ts';
import type { RecordStore, TakeMessage } from '../../../bridge/ports.ts';
import { Spool } from '../../../bridge/spool/spool.ts';
import type { LandingSource } from '../../../bridge/spool/spool-contract.ts';
import type { SpoolDisk } from '../../../bridge/spool/spool-disk.ts';
import { drawInteger } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/index.ts';
import type { SimDisk } from './sim-disk.ts';
import type { SimIntake } from './sim-intake.ts';
import type { SimProcess } from './sim-process.ts';
import type { SimSerial } from './sim-serial.ts';
import type { SimStorage } from './sim-storage.ts';

const BAUD_RATE = 9_600;
/** How long a bridge that is told to stop may go on landing. */
const STOP_MS = 5_000;

/** A bug that stands between two parts that are sound. */
export interface PlantedBug {
  readonly name: string;
  readonly disk?: (disk: SpoolDisk) => SpoolDisk;
  readonly store?: (store: RecordStore) => RecordStore;
  readonly source?: (source: LandingSource) => LandingSource;
  readonly sink?: (sink: ObjectSink) => ObjectSink;
  readonly take?: (take: TakeMessage) => TakeMessage;
}

/** What a life needs. */
export interface SimBridgeOptions {
  readonly process: SimProcess;
  readonly disk: SimDisk;
  readonly storage: SimStorage;
  readonly intake: SimIntake;
  readonly random: Random;
  readonly limits: { readonly segmentBytes: number; readonly segmentMs: number };
  readonly bug: PlantedBug | undefined;
  readonly onNotice: OnNotice;
  /** Called when senders may connect. */
  readonly onUp: () => void;
  /** Called when the spool says that it can keep no promise any more: the service ends its process then. */
  readonly onFailure: () => void;
  /** Called when it cannot go on by itself. */
  readonly onCrash: (cause: unknown) => void;
}

/** A bridge from its start to its end. */
export class SimBridge {
  readonly #options: SimBridgeOptions;
  #parts: { readonly spool: Spool; readonly lander: Lander; readonly bridge: Bridge } | undefined;
  #isStopping = false;

  /** Starts at once; `onUp` or `onCrash` tells how that went. */
  constructor(options: SimBridgeOptions) {
    this.#options = options;
    this.#guard(() => this.#start());
  }

  get isUp(): boolean {
    return this.#parts !== undefined && !this.#isStopping;
  }

  /** Whether everything that was taken is with the operating system. */
  get hasWritten(): boolean {
    return this.#parts?.spool.status.state === 'ok';
  }

  /** Nothing waits for the disk or for landing. */
  get isIdle(): boolean {
    if (!this.isUp) return false;
    const { spool } = this.#parts as { spool: Spool };
    const { state, unlandedRows, pendingBytes } = spool.status;
    // A segment that is nothing but damage has no rows, and is to be told of all the same.
    const isLanded = BATCH_TABLES.every((table) => spool.oldestSealed(table) === undefined);
    return state === 'ok' && unlandedRows === 0 && pendingBytes === 0 && isLanded;
  }

  /** Opens a serial port. */
  attach(cable: SimSerial): void {
    if (this.isUp && !cable.isPlugged) this.#parts?.bridge.attach(cable.open(), BAUD_RATE);
  }

  /** Ends it as SIGTERM does: sources first, then what was taken is made durable, and landed if that is quick. */
  stop(onStopped: () => void): boolean {
    const parts = this.#parts;
    if (parts === undefined || this.#isStopping) return false;
    this.#isStopping = true;
    this.#guard(async () => {
      const { spool, lander, bridge } = parts;
      bridge.stop();
      await spool.seal();
      await lander.stop(STOP_MS);
      await spool.close();
      onStopped();
    });
    return true;
  }

  /** The process is gone, in the middle of whatever it did. */
  kill(): void {
    this.#options.process.kill();
    this.#options.disk.kill();
  }

  async #start(): Promise<void> {
    const { process, intake, bug, onUp } = this.#options;
    const spool = await this.#recoverSpool();
    const lander = this.#newLander(spool);
    lander.start();
    const watched = intake.watch(spool);
    const store = bug?.store?.(watched) ?? watched;
    const bridge = new Bridge({ store, timers: process.timers });
    this.#parts = { spool, lander, bridge };
    intake.open({ take: bug?.take?.(bridge.take) ?? bridge.take, store });
    onUp();
  }

  async #recoverSpool(): Promise<Spool> {
    const { process, disk, random, limits, bug, onNotice, onFailure } = this.#options;
    const { timers } = process;
    const mounted = disk.mount();
    const spool = new Spool(bug?.disk?.(mounted) ?? mounted, {
      bridgeId: 'sim',
      timers,
      limits,
      crc32,
      newId: () => drawHex(random),
      defer: (action) => timers.at(timers.now(), action),
      onNotice,
      onFailure,
    });
    await spool.recover();
    return spool;
  }

  #newLander(spool: Spool): Lander {
    const { process, storage, random, bug, onNotice } = this.#options;
    const sink = storage.open(process);
    return new Lander({
      source: bug?.source?.(spool) ?? spool,
      sink: bug?.sink?.(sink) ?? sink,
      bridgeId: 'sim',
      timers: process.timers,
      random: () => random.next(),
      compress: joinLines,
      onNotice,
    });
  }

  /** What goes wrong in a process that is dead already is nobody's business. */
  #guard(action: () => Promise<void>): void {
    action().catch((cause: unknown) => {
      if (this.#options.process.isAlive) this.#options.onCrash(cause);
    });
  }
}

/** A storage of plain lines: what gzip does to them is tested elsewhere, and costs most of the time here. */
function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(lines);
}

function drawHex(random: Random): string {
  const digit = (): string => drawInteger(random, 0, 15).toString(16);
  return Array.from({ length: 12 }, digit).join('');
}
