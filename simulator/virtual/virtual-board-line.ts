import { drawInteger } from '../core/random.ts';
import type { Random } from '../core/random.ts';
import type { Timers } from '../core/timers.ts';
import { byteMs, Uart } from '../core/uart.ts';

/** How much may wait in a board's transmit buffer before readings and free text are refused, in bytes. */
const READING_BUFFER_BYTES = 128;
/** Room for what a host has asked for: answers are refused only when it asks for far more than it is told. */
const ANSWER_BUFFER_BYTES = 1024;
/** What a board's receiver takes at once when no line ends. */
const RECEIVED_BYTES_MAX = 64;
const PIECES = new RegExp(
  `[^\\n]{0,${RECEIVED_BYTES_MAX - 1}}\\n|[^\\n]{1,${RECEIVED_BYTES_MAX}}`,
  'g',
);

/** What a line runs on; `latencyMsMax` is how long the host's adapter may hold bytes back, in both directions. */
export interface VirtualBoardLineOptions {
  readonly timers: Timers;
  readonly random: Random;
  readonly baudRate: number;
  readonly latencyMsMax: number;
}

/**
 * The serial line between a host and one board. Bytes take their time both ways, one per character (latin1); a line of
 * the board arrives in one or two chunks, each when its last byte has arrived.
 */
export class VirtualBoardLine {
  readonly byteMs: number;
  readonly #options: VirtualBoardLineOptions;
  readonly #toDevice: Uart;
  #toHost: Uart;
  /** Counts resets: what the board had not sent before one is lost. */
  #cuts = 0;
  #deliveredMs = Number.NEGATIVE_INFINITY;
  #isOpen = true;
  #onReceived: (bytes: string) => void = () => undefined;
  #onData: (chunk: Uint8Array) => void = () => undefined;
  #onClose: () => void = () => undefined;

  constructor(options: VirtualBoardLineOptions) {
    this.#options = options;
    this.byteMs = byteMs(options.baudRate);
    this.#toHost = new Uart(options.baudRate, ANSWER_BUFFER_BYTES);
    this.#toDevice = new Uart(options.baudRate, Number.POSITIVE_INFINITY);
  }

  /** Calls the board's `listener` with what its receiver got: up to a line feed, or the next bytes without one. */
  onReceived(listener: (bytes: string) => void): void {
    this.#onReceived = listener;
  }

  /** Takes bytes from the board, all or none; `urgent` ones have a larger buffer. */
  send(bytes: string, urgent: boolean): boolean {
    const { timers, random } = this.#options;
    const room = urgent ? ANSWER_BUFFER_BYTES : READING_BUFFER_BYTES;
    if (this.#toHost.waitingBytes(timers.now()) + bytes.length > room) return false;
    const border = drawInteger(random, 0, bytes.length - 1);
    if (border > 0) this.#transmit(bytes.slice(0, border));
    this.#transmit(bytes.slice(border));
    return true;
  }

  /** Loses what the board has not sent yet, as a reset does: a line may end in its middle. */
  cut(): void {
    this.#cuts++;
    this.#toHost = new Uart(this.#options.baudRate, ANSWER_BUFFER_BYTES);
  }

  /** Takes bytes from the host. */
  write(bytes: string): void {
    const { timers } = this.#options;
    const startMs = timers.now() + this.#drawLatencyMs();
    for (const piece of bytes.match(PIECES) ?? []) {
      const arrivesMs = this.#toDevice.transmit(piece.length, startMs) as number;
      timers.at(arrivesMs, () => {
        if (this.#isOpen) this.#onReceived(piece);
      });
    }
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  /** Pulls the cable. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#onClose();
  }

  #transmit(bytes: string): void {
    const { timers } = this.#options;
    const cuts = this.#cuts;
    const arrivesMs = this.#toHost.transmit(bytes.length, timers.now());
    if (arrivesMs === undefined) return;
    timers.at(arrivesMs, () => {
      if (cuts === this.#cuts) this.#deliver(Buffer.from(bytes, 'latin1'));
    });
  }

  #deliver(chunk: Uint8Array): void {
    const { timers } = this.#options;
    // Held back, but never overtaken.
    this.#deliveredMs = Math.max(this.#deliveredMs, timers.now() + this.#drawLatencyMs());
    timers.at(this.#deliveredMs, () => {
      if (this.#isOpen) this.#onData(chunk);
    });
  }

  #drawLatencyMs(): number {
    const { random, latencyMsMax } = this.#options;
    return latencyMsMax === 0 ? 0 : random.next() * latencyMsMax;
  }
}
