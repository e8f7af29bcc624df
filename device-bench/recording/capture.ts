/** Turns what passes a line into the entries of a recording. */
import { ENTRY_BYTES_MAX, TimeScrubber } from '../../simulator/index.ts';
import type { RecordedLine } from '../../simulator/index.ts';
import { LineSplitter } from '../line-splitter.ts';

/**
 * Cuts the bytes of both directions into lines, and takes absolute times out of them. It holds one line at most: what has
 * no line end comes out in pieces. Times are ms since the recording began.
 */
export class Capture {
  readonly #lines = new LineSplitter(ENTRY_BYTES_MAX);
  readonly #scrubber = new TimeScrubber();
  readonly #onLine: (line: RecordedLine) => void;
  #emittedMs = 0;

  constructor(onLine: (line: RecordedLine) => void) {
    this.#onLine = onLine;
  }

  /** Takes what came from the device. */
  receive(chunk: Uint8Array, ms: number): void {
    for (const line of this.#lines.push(chunk, ms)) this.#emit({ from: 'device', ...line });
  }

  /** Takes what the host has sent: one command with its line end. */
  send(bytes: string, ms: number): void {
    this.#emit({ from: 'host', ms, firstMs: ms, bytes });
  }

  /** Gives out the line that has not ended. */
  end(): void {
    const line = this.#lines.end();
    if (line !== undefined) this.#emit({ from: 'device', ...line });
  }

  #emit(line: RecordedLine): void {
    // Half a line comes out behind commands that were sent since its last byte: entries are in the order of their times.
    this.#emittedMs = Math.max(this.#emittedMs, line.ms);
    this.#onLine({ ...line, ms: this.#emittedMs, bytes: this.#scrubber.scrub(line) });
  }
}
