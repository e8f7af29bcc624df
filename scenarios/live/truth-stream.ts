/** Writes the truth down while a run goes on, so that it need not be kept in memory and others can follow it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { OCCURRENCES } from '../../simulator/index.ts';
import type { Occurrence, Truth, TruthLedger } from '../../simulator/index.ts';

/**
 * A file of newline-delimited JSON that only grows. A line is one of these:
 *
 * | line                               | meaning                                             |
 * |------------------------------------|-----------------------------------------------------|
 * | `{"kind":"distance","id":…,…}`     | a reading, as the ledger has it                     |
 * | `{"id":…,"fate":"sent",…}`         | what has become known of a reading that stands above |
 * | `{"occurrence":"box-swapped"}`     | it happened once more                               |
 * | `{"damagedLine":"$R,…"}`           | bytes that arrived and stand for no line            |
 */
export class TruthStream {
  readonly #ledger: TruthLedger;
  readonly #file: number;
  /** Readings that are in the file, and of which more is known by now. */
  readonly #amended = new Map<number, Truth>();
  readonly #noted = new Map<Occurrence, number>();
  #isOpen = true;

  /** Empties `ledger` from now on into the file at `path`, which is made anew. Throws what the file system throws. */
  constructor(ledger: TruthLedger, path: string) {
    this.#ledger = ledger;
    this.#file = openSync(path, 'w');
    ledger.onAmended = (truth) => this.#amended.set(truth.id, truth);
  }

  /** Writes what is new. Throws what the file system throws. */
  flush(): void {
    if (!this.#isOpen) return;
    const { readings, damagedLines } = this.#ledger.take();
    const lines = [
      ...readings.map((truth) => JSON.stringify(truth)),
      ...[...this.#amended.values()].map((truth) => JSON.stringify(amendmentOf(truth))),
      ...this.#newOccurrences().map((occurrence) => JSON.stringify({ occurrence })),
      ...damagedLines.map((damagedLine) => JSON.stringify({ damagedLine })),
    ];
    this.#amended.clear();
    if (lines.length > 0) writeAll(this.#file, Buffer.from(`${lines.join('\n')}\n`));
  }

  /** Writes what is new and closes the file. May be called again. */
  close(): void {
    if (!this.#isOpen) return;
    try {
      this.flush();
    } finally {
      this.#isOpen = false;
      closeSync(this.#file);
    }
  }

  #newOccurrences(): Occurrence[] {
    return OCCURRENCES.flatMap((occurrence) => {
      const count = this.#ledger.occurrences(occurrence);
      const added = count - (this.#noted.get(occurrence) ?? 0);
      this.#noted.set(occurrence, count);
      return Array.from({ length: added }, () => occurrence);
    });
  }
}

/** What may become known of a reading after it was made. */
function amendmentOf(truth: Truth): object {
  const { id, fate } = truth;
  if (truth.kind === 'acceleration') return { id, fate, lateMs: truth.lateMs };
  return { id, fate, arrivals: truth.arrivals };
}

/** A write may take a part only. */
function writeAll(file: number, bytes: Buffer): void {
  for (let from = 0; from < bytes.length;) {
    from += writeSync(file, bytes, from, bytes.length - from);
  }
}
