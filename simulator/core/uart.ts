/** Bits on the wire for one byte: start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** The ms that one byte takes at `baudRate`. */
export function byteMs(baudRate: number): number {
  return (BITS_PER_BYTE * 1000) / baudRate;
}

/** One direction of a serial line: bytes leave one after the other at the baud rate, from a buffer of limited size. */
export class Uart {
  readonly #byteMs: number;
  readonly #bufferBytes: number;
  #freeAtMs = Number.NEGATIVE_INFINITY;

  constructor(baudRate: number, bufferBytes: number) {
    this.#byteMs = byteMs(baudRate);
    this.#bufferBytes = bufferBytes;
  }

  /** How many bytes have not left the buffer at `nowMs`; a part of a byte counts. */
  waitingBytes(nowMs: number): number {
    return Math.max(0, this.#freeAtMs - nowMs) / this.#byteMs;
  }

  /** Takes `bytes` at `nowMs` and gives the time at which the last of them has arrived; `undefined` when the buffer has no room. */
  transmit(bytes: number, nowMs: number): number | undefined {
    if (this.waitingBytes(nowMs) + bytes > this.#bufferBytes) return undefined;
    this.#freeAtMs = Math.max(nowMs, this.#freeAtMs) + bytes * this.#byteMs;
    return this.#freeAtMs;
  }
}
