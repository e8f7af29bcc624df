import { gzipSync } from 'node:zlib';
import { setImmediate } from 'node:timers/promises';
import type { Fault, RandomStreams, TruthLedger, VirtualTime } from '../../../simulator/index.ts';
import { MemoryDisk } from '../../../simulator/index.ts';
import type { ObjectSink } from '../../../bridge/index.ts';
import { BridgeProcess } from './bridge-process.ts';
import type { Plant } from './plant.ts';
import { VirtualStorage } from './virtual-storage.ts';

/** What a bridge with a disk runs on. */
export interface DurablePlantOptions {
  readonly timers: VirtualTime;
  readonly streams: RandomStreams;
  readonly ledger: TruthLedger;
  readonly faults: readonly Fault[];
  /** Where the objects go in the end. */
  readonly sink: ObjectSink;
  readonly baudRate: number;
  /** Told when the process is gone, and when it can take again. */
  readonly onGone: () => void;
  readonly onBack: () => void;
}

/**
 * The bridge with its spool and its lander on the virtual clock: its process may be killed, and its storage may be away.
 * Its promises are kept between two actions of the clock, so that each run is like the one before.
 */
export async function openDurablePlant(options: DurablePlantOptions): Promise<Plant> {
  const plant = new DurablePlant(options);
  await plant.begin();
  return plant;
}

class DurablePlant implements Plant {
  readonly actionsPerTurn = 1;
  readonly #options: DurablePlantOptions;
  readonly #disk = new MemoryDisk();
  readonly #storage: VirtualStorage;
  #process: BridgeProcess | undefined;
  #lives = 0;
  #failure: unknown;

  constructor(options: DurablePlantOptions) {
    this.#options = options;
    this.#storage = new VirtualStorage(options);
    for (const fault of options.faults) {
      if (fault.kind !== 'bridge-killed') continue;
      options.timers.at(fault.atMs, () => this.#kill());
      options.timers.at(fault.untilMs, () => this.#startAgain());
    }
  }

  readonly take: Plant['take'] = (message, onDurable) => this.#process?.take(message, onDurable);

  get isIdle(): boolean {
    return this.#process?.isIdle === true;
  }

  attach(channel: Parameters<Plant['attach']>[0]): void {
    this.#process?.attach(channel, this.#options.baudRate);
  }

  /** Everything that waits for nothing but its turn comes to rest. */
  async turn(): Promise<void> {
    await setImmediate();
    if (this.#failure !== undefined) throw this.#failure;
  }

  async begin(): Promise<void> {
    this.#process = this.#newProcess();
    await this.#process.start();
  }

  async close(): Promise<void> {
    const ending = { isOver: this.#process === undefined };
    const stopping = this.#process?.stop().finally(() => {
      ending.isOver = true;
    });
    // Who waits for it below is told; until then a failure must not end the process.
    stopping?.catch(() => undefined);
    await this.turn();
    while (!ending.isOver && this.#options.timers.run(Infinity, 1)) await this.turn();
    await stopping;
    for (const object of this.#storage.objects) await this.#options.sink.put(object);
  }

  #kill(): void {
    if (this.#process === undefined) return;
    this.#options.ledger.note('bridge-killed');
    this.#process.kill();
    this.#disk.kill();
    this.#process = undefined;
    this.#options.onGone();
  }

  #startAgain(): void {
    if (this.#process !== undefined) return;
    const process = this.#newProcess();
    this.#process = process;
    process.start().then(
      () => {
        if (this.#process === process) this.#options.onBack();
      },
      (cause: unknown) => {
        this.#failure ??= cause;
      },
    );
  }

  #newProcess(): BridgeProcess {
    const { timers, streams } = this.#options;
    return new BridgeProcess({
      timers,
      random: streams(`bridge:${this.#lives++}`),
      disk: this.#disk.mount(),
      openSink: (isAlive) => this.#storage.open(isAlive),
      compress: (lines) => gzipSync(Buffer.concat(lines), { level: 1 }),
      onFailure: (cause) => {
        this.#failure ??= cause;
      },
    });
  }
}
