import type { Crc32 } from '../core/spool-record.ts';
import { RECORD_HEADER_BYTES, writeRecord } from '../core/spool-record.ts';

const FIRST_BYTES = 65_536;

/** More than this is given back after a write, so that one flood does not hold memory for ever. */
const KEPT_BYTES = 1_048_576;

/** Records of one tick on their way to the disk, one after the other in one piece of memory. */
export class AppendBuffer {
  readonly #crc32: Crc32;
  #view = new DataView(new ArrayBuffer(FIRST_BYTES));
  #length = 0;
  #rows = 0;
  #firstArrivalMs = 0;
  #waiting: (() => void)[] = [];

  constructor(crc32: Crc32) {
    this.#crc32 = crc32;
  }

  /** Bytes that wait. */
  get length(): number {
    return this.#length;
  }

  /** Rows that wait. */
  get rows(): number {
    return this.#rows;
  }

  /** Arrival of the first record that waits, in epoch ms; only when one does. */
  get firstArrivalMs(): number {
    return this.#firstArrivalMs;
  }

  /** The bytes that wait; they change with the next call. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, this.#length);
  }

  /** Adds a record; its body is copied. */
  addRecord(
    record: { readonly arrivalMs: number; readonly rows: number; readonly body: Uint8Array },
    onDurable: (() => void) | undefined,
  ): void {
    if (this.#length === 0) this.#firstArrivalMs = record.arrivalMs;
    this.#makeRoom(RECORD_HEADER_BYTES + record.body.length);
    this.#length = writeRecord(this.#view, this.#length, record, this.#crc32);
    this.#rows += record.rows;
    if (onDurable !== undefined) this.#waiting.push(onDurable);
  }

  /** Forgets everything, because it is written, and gives those who wait for it. */
  clear(): (() => void)[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#length = 0;
    this.#rows = 0;
    if (this.#view.byteLength > KEPT_BYTES) this.#view = new DataView(new ArrayBuffer(FIRST_BYTES));
    return waiting;
  }

  #makeRoom(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#view.byteLength) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#view.byteLength));
    grown.set(this.bytes);
    this.#view = new DataView(grown.buffer);
  }
}
