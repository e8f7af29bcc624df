/** The truth of a live run, and who is told of it while it comes about. */
import { TruthLedger } from '../../simulator/index.ts';
import type { Timers, World } from '../../simulator/index.ts';
import { LiveSignals } from './live-signals.ts';
import { ReadingTally } from './reading-tally.ts';
import { RealDevice } from './real-device.ts';
import { TruthStream } from './truth-stream.ts';

/** What the truth of a run is written with. */
export interface LiveTruthOptions {
  readonly world: World;
  readonly timers: Timers;
  /** The file that it is written to; without one, it is kept in memory. */
  readonly file: string | undefined;
  /** Told when it cannot be written. */
  readonly onFailure: (cause: unknown) => void;
}

/** How often what is new is written, in real ms. */
const FLUSH_MS = 500;

/** Collects the truth of a run. */
export class LiveTruth {
  readonly ledger: TruthLedger = new TruthLedger();
  readonly signals: LiveSignals = new LiveSignals();
  readonly tally: ReadingTally;
  readonly #options: LiveTruthOptions;
  readonly #stream: TruthStream | undefined;
  readonly #flushing: NodeJS.Timeout | undefined;

  constructor(options: LiveTruthOptions) {
    const { world, file } = options;
    this.#options = options;
    this.tally = new ReadingTally(world.people.map(({ station }) => station));
    this.ledger.onReading = (truth) => {
      this.tally.add(truth);
      this.signals.tell(truth);
    };
    if (file === undefined) return;
    this.#stream = new TruthStream(this.ledger, file);
    this.#flushing = setInterval(() => this.flush(), FLUSH_MS);
  }

  /** What is told the bytes that come from the real device on a port. */
  listenTo(path: string): (chunk: Uint8Array) => void {
    const { timers } = this.#options;
    const onReading = (): void => this.tally.addFrom(path);
    const device = new RealDevice({ timers, ledger: this.ledger, onReading });
    return (chunk) => device.push(chunk);
  }

  /** Writes what is new: whoever reads a reading in the storage finds the truth of it. */
  flush(): void {
    this.#carryOut(() => this.#stream?.flush());
  }

  /** Writes what is new for the last time. */
  close(): void {
    clearInterval(this.#flushing);
    this.#carryOut(() => this.#stream?.close());
  }

  #carryOut(write: () => void): void {
    try {
      write();
    } catch (cause) {
      this.#options.onFailure(cause);
    }
  }
}
