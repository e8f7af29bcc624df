import { crc32 } from 'node:zlib';
import {
  BATCH_TABLES,
  Bridge,
  Lander,
  NO_WINDOWS,
  SEGMENT_LIMITS,
  Spool,
} from '../../../bridge/index.ts';
import type { ObjectSink, PhoneMessage, SerialChannel, SpoolDisk } from '../../../bridge/index.ts';
import type { Random, Timers } from '../../../simulator/index.ts';

/** How long a bridge that is stopped may go on landing, in ms of the world. */
const STOP_MS = 60_000;
const SPOOL_ID_DIGITS = 12;

/** What one process of a bridge runs on. */
export interface BridgeProcessOptions {
  readonly timers: Timers;
  /** Of this process alone: retries are spread by it. */
  readonly random: Random;
  readonly disk: SpoolDisk;
  readonly openSink: (isAlive: () => boolean) => ObjectSink;
  readonly compress: (lines: readonly Uint8Array[]) => Uint8Array;
  /** Told why it cannot go on by itself. */
  readonly onFailure: (cause: unknown) => void;
}

interface Parts {
  readonly spool: Spool;
  readonly lander: Lander;
  readonly bridge: Bridge;
}

/** One process of a bridge: intake, spool and lander, from its start to its end. Once it is killed, nothing comes of it. */
export class BridgeProcess {
  readonly #options: BridgeProcessOptions;
  #parts: Parts | undefined;
  #isAlive = true;

  constructor(options: BridgeProcessOptions) {
    this.#options = options;
  }

  /** True when all that it took is stored. */
  get isIdle(): boolean {
    if (this.#parts === undefined) return false;
    const { spool } = this.#parts;
    const { unlandedRows, pendingBytes } = spool.status;
    const isLanded = BATCH_TABLES.every((table) => spool.oldestSealed(table) === undefined);
    return unlandedRows === 0 && pendingBytes === 0 && isLanded;
  }

  /** Takes over the spool and begins. @throws BridgeError when the spool cannot be read */
  async start(): Promise<void> {
    const timers = this.#timers;
    const { random, disk, openSink, compress, onFailure } = this.#options;
    const spool = new Spool(disk, {
      bridgeId: 'bridge-1',
      timers,
      limits: SEGMENT_LIMITS,
      crc32: (bytes) => crc32(bytes),
      newId: () => drawHex(random),
      defer: (action) => timers.at(timers.now(), action),
      onNotice: () => undefined,
      onFailure,
    });
    await spool.recover();
    const lander = new Lander({
      source: spool,
      sink: openSink(() => this.#isAlive),
      bridgeId: spool.bridgeId,
      timers,
      random: () => random.next(),
      compress,
      onNotice: () => undefined,
    });
    lander.start();
    // What comes twice shall land twice here: that the zones hold it once is for the pipeline to show.
    this.#parts = {
      spool,
      lander,
      bridge: new Bridge({ store: spool, timers, windows: NO_WINDOWS }),
    };
  }

  take(message: PhoneMessage, onDurable: () => void): void {
    this.#parts?.bridge.take(message, onDurable);
  }

  attach(channel: SerialChannel, baudRate: number): void {
    this.#parts?.bridge.attach(channel, baudRate);
  }

  /** Ends it as SIGTERM does: what was taken is made durable and landed. */
  async stop(): Promise<void> {
    const parts = this.#parts;
    if (parts === undefined) return;
    parts.bridge.stop();
    await parts.spool.seal();
    await parts.lander.stop(STOP_MS);
    await parts.spool.close();
  }

  /** Ends it as SIGKILL does. */
  kill(): void {
    this.#isAlive = false;
  }

  get #timers(): Timers {
    const { timers } = this.#options;
    return {
      now: () => timers.now(),
      at: (timeMs, action) =>
        timers.at(timeMs, () => {
          if (this.#isAlive) action();
        }),
    };
  }
}

function drawHex(random: Random): string {
  const digits = Array.from({ length: SPOOL_ID_DIGITS }, () => Math.floor(random.next() * 16));
  return digits.map((digit) => digit.toString(16)).join('');
}
