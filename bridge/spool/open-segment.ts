import type { BatchTable } from '../core/landing-batches.ts';
import type { Crc32 } from '../core/spool-record.ts';
import { encodeEnd } from '../core/spool-record.ts';
import type { AppendBuffer } from './append-buffer.ts';
import type { SealedSegment } from './spool-contract.ts';
import type { SpoolFile } from './spool-disk.ts';

/** A segment that grows: how far it is written, and how far that would survive the loss of power. */
export class OpenSegment {
  readonly table: BatchTable;
  readonly number: number;
  readonly #file: SpoolFile;
  #written: number;
  #durable = 0;
  #rows = 0;
  #durableRows = 0;
  /** Bytes of records that were written since the last sync began. */
  #unsyncedBytes = 0;
  #firstArrivalMs = 0;
  #lastArrivalMs = 0;
  #waiting: (() => void)[] = [];

  /** Goes on in `file`, which holds a header of `headerBytes` and no record. */
  constructor(table: BatchTable, number: number, file: SpoolFile, headerBytes: number) {
    this.table = table;
    this.number = number;
    this.#file = file;
    this.#written = headerBytes;
  }

  get bytes(): number {
    return this.#written;
  }

  /** How many of its bytes are known to be durable. */
  get durableBytes(): number {
    return this.#durable;
  }

  get rows(): number {
    return this.#rows;
  }

  get durableRows(): number {
    return this.#durableRows;
  }

  /** Arrival of its first record, in epoch ms; only when there is one. */
  get firstArrivalMs(): number {
    return this.#firstArrivalMs;
  }

  /** True while it holds records that are not durable. A header alone is nothing to keep. */
  get hasUnsynced(): boolean {
    return this.#rows > 0 && this.#written > this.#durable;
  }

  /** What it is to the lander when no more comes. */
  get sealed(): SealedSegment {
    const { table, number } = this;
    return {
      table,
      number,
      bytes: this.bytes,
      rows: this.rows,
      firstArrivalMs: this.firstArrivalMs,
    };
  }

  /** Writes all of `buffer` and clears it. @throws the error of the system; then file and buffer are as before */
  write(buffer: AppendBuffer): void {
    const { length, rows, firstArrivalMs, lastArrivalMs } = buffer;
    this.#put(buffer.bytes);
    if (this.#rows === 0) this.#firstArrivalMs = firstArrivalMs;
    this.#lastArrivalMs = lastArrivalMs;
    this.#rows += rows;
    this.#unsyncedBytes += length;
    const waiting = buffer.clear();
    if (this.#waiting.length === 0) this.#waiting = waiting;
    else for (const tell of waiting) this.#waiting.push(tell);
  }

  /** Writes the record after which nothing comes. @throws the error of the system; then the file is as before */
  writeEnd(crc32: Crc32): void {
    const arrivals = { firstArrivalMs: this.#firstArrivalMs, arrivalMs: this.#lastArrivalMs };
    // What comes before it may still be on its way to the disk, and an end may survive what stood before it.
    this.#put(encodeEnd({ ...arrivals, rows: this.#rows, provenTo: this.#durable }, crc32));
  }

  /** Makes durable what is written now. Gives who waited for it, and how many bytes of records it was. */
  async sync(): Promise<{ readonly waiting: readonly (() => void)[]; readonly bytes: number }> {
    const done = { waiting: this.#waiting, bytes: this.#unsyncedBytes };
    const written = this.#written;
    const rows = this.#rows;
    this.#waiting = [];
    this.#unsyncedBytes = 0;
    await this.#file.sync();
    this.#durable = written;
    this.#durableRows = rows;
    return done;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #put(bytes: Uint8Array): void {
    try {
      this.#file.write(bytes);
    } catch (error) {
      // Nothing may stay of it: what comes next would stand behind half a record.
      this.#file.cut(this.#written);
      throw error;
    }
    this.#written += bytes.length;
  }
}
