import type { Crc32, RecordFields, RecordMemory } from '../core/spool-record.ts';
import { RECORD_HEADER_BYTES, writeLines } from '../core/spool-record.ts';

/** A few messages. It grows to what comes in a tick. */
const FIRST_BYTES = 4_096;

/** More than this is given back after a write, so that one flood does not hold memory for ever. */
const KEPT_BYTES = 1_048_576;

/** Records of one tick on their way to the disk, one after the other in one piece of memory. */
export class AppendBuffer {
  readonly #crc32: Crc32;
  #memory = memoryOf(FIRST_BYTES);
  #length = 0;
  #rows = 0;
  #firstArrivalMs = 0;
  #lastArrivalMs = 0;
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

  /** Arrival of the last record that waits, in epoch ms; only when one does. */
  get lastArrivalMs(): number {
    return this.#lastArrivalMs;
  }

  /** The bytes that wait; they change with the next call. */
  get bytes(): Uint8Array {
    return this.#memory.bytes.subarray(0, this.#length);
  }

  /** Adds a record; its body is copied. */
  addRecord(
    record: RecordFields & { readonly body: Uint8Array },
    onDurable: (() => void) | undefined,
  ): void {
    if (this.#length === 0) this.#firstArrivalMs = record.arrivalMs;
    this.#lastArrivalMs = record.arrivalMs;
    this.#makeRoom(RECORD_HEADER_BYTES + record.body.length);
    this.#length = writeLines(this.#memory, this.#length, record, this.#crc32);
    this.#rows += record.rows;
    if (onDurable !== undefined) this.#waiting.push(onDurable);
  }

  /** Forgets everything, because it is written, and gives those who wait for it. */
  clear(): (() => void)[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#length = 0;
    this.#rows = 0;
    if (this.#memory.bytes.length > KEPT_BYTES) this.#memory = memoryOf(FIRST_BYTES);
    return waiting;
  }

  #makeRoom(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#memory.bytes.length) return;
    const grown = memoryOf(Math.max(needed, 2 * this.#memory.bytes.length));
    grown.bytes.set(this.bytes);
    this.#memory = grown;
  }
}

function memoryOf(bytes: number): RecordMemory {
  const memory = new ArrayBuffer(bytes);
  return { bytes: new Uint8Array(memory), view: new DataView(memory) };
}
