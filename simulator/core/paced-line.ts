import { byteMs } from './uart.ts';

/** How long bytes are collected before they arrive together, in ms: what the timers of a computer can keep. */
const CHUNK_MS = 1;
/** Adding up ms leaves an error far below this share of a byte. */
const ROUNDING = 1e-6;

/**
 * One direction of a serial line, byte by byte: what is offered waits in a buffer and comes out of the far end at the
 * pace of the baud rate, in chunks. A late caller gets more at once, but never a byte before its time.
 */
export class PacedLine {
  readonly #byteMs: number;
  readonly #bufferBytes: number;
  /** What is through and was not taken yet, and what is still to pass. */
  #arrived = '';
  #waiting = '';
  /** When the first byte of the current burst began to pass, and how many of that burst are through. */
  #burstMs = Number.NEGATIVE_INFINITY;
  #passed = 0;

  constructor(baudRate: number, bufferBytes: number) {
    this.#byteMs = byteMs(baudRate);
    this.#bufferBytes = bufferBytes;
  }

  /** How many bytes have not passed at `nowMs`. */
  waitingBytes(nowMs: number): number {
    this.#pass(nowMs);
    return this.#waiting.length;
  }

  /** Puts bytes in the buffer, all of them or, when there is no room, none. One byte per character. */
  offer(bytes: string, nowMs: number): boolean {
    if (this.waitingBytes(nowMs) + bytes.length > this.#bufferBytes) return false;
    // A line that had nothing to do begins anew; one that is busy goes on without a pause.
    if (this.#waiting === '') this.#begin(Math.max(nowMs, this.#dueMs(0)));
    this.#waiting += bytes;
    return true;
  }

  /** The bytes that have passed by `nowMs` and were not taken yet. */
  arrived(nowMs: number): string {
    this.#pass(nowMs);
    return this.#arrived;
  }

  /** Takes the first `count` of them. */
  take(count: number): void {
    this.#arrived = this.#arrived.slice(count);
  }

  /** Holds the line up: what was not taken by `nowMs` passes once more from then on, as under flow control. */
  stall(nowMs: number): void {
    this.#waiting = this.#arrived + this.#waiting;
    this.#arrived = '';
    this.#begin(nowMs);
  }

  /** Loses everything that has not been taken, as a transmitter without power does. */
  clear(nowMs: number): void {
    this.#arrived = '';
    this.#waiting = '';
    this.#begin(nowMs);
  }

  /** When to look for the next chunk; `undefined` while nothing waits. */
  wakeMs(nowMs: number): number | undefined {
    if (this.#arrived !== '') return nowMs;
    if (this.#waiting === '') return undefined;
    return Math.max(this.#dueMs(1), Math.min(this.#dueMs(this.#waiting.length), nowMs + CHUNK_MS));
  }

  /** When the next `count` bytes are through. */
  #dueMs(count: number): number {
    return this.#burstMs + (this.#passed + count) * this.#byteMs;
  }

  #begin(nowMs: number): void {
    this.#burstMs = nowMs;
    this.#passed = 0;
  }

  #pass(nowMs: number): void {
    const due = Math.floor((nowMs - this.#burstMs) / this.#byteMs + ROUNDING) - this.#passed;
    const count = Math.max(0, Math.min(this.#waiting.length, due));
    this.#arrived += this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    this.#passed += count;
  }
}
