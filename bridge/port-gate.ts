/**
 * What becomes of lines from a serial port while the store is full. A UART cannot be told to wait, so that a device is
 * told to stop; what comes all the same is taken up to a bound, and thrown away and counted beyond it.
 */
import type { RecordStore } from './ports.ts';

/** Lines that a port may bring before its device is stopped: a store is often full for a moment only. */
const GRACE_BYTES = 16_384;
/** Lines that may come while the device is being stopped: it answers within 1.2 s, or never. */
const STOPPING_BYTES = 16_384;

/** What a gate is made of. */
export interface PortGateOptions {
  readonly store: Pick<RecordStore, 'isFull'>;
  /** Stops the device. May be called again. */
  readonly hold: () => void;
}

/** Lets the lines of one port through while there is room for them. */
export class PortGate {
  readonly #options: PortGateOptions;
  /** Bytes that came since the store became full. */
  #bytes = 0;
  #discardedLines = 0;

  constructor(options: PortGateOptions) {
    this.#options = options;
  }

  /** How many lines were thrown away since the port was opened. */
  get discardedLines(): number {
    return this.#discardedLines;
  }

  /** Whether a line of so many bytes may be taken. */
  admits(bytes: number): boolean {
    const { store, hold } = this.#options;
    if (!store.isFull) {
      this.#bytes = 0;
      return true;
    }
    this.#bytes += bytes;
    if (this.#bytes > GRACE_BYTES) hold();
    if (this.#bytes <= GRACE_BYTES + STOPPING_BYTES) return true;
    this.#discardedLines++;
    return false;
  }
}
