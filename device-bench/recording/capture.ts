/** Turns what passes a line into the entries of a recording. */
import { ENTRY_BYTES_MAX, TimeScrubber } from '../../simulator/index.ts';
import type { RecordedLine } from '../../simulator/index.ts';
import { LineCutter } from '../core/line-cutter.ts';
import type { CutLine } from '../core/line-cutter.ts';

/**
 * Cuts the bytes of both directions into lines, and takes absolute times out of them. It holds one line at most: what has
 * no line end comes out in pieces. Times are ms since the recording began.
 */
export class Capture {
  readonly #lines = new LineCutter({ bytesMax: ENTRY_BYTES_MAX, endsAtCr: false });
  readonly #scrubber = new TimeScrubber();
  readonly #onLine: (line: RecordedLine) => void;
  #emittedMs = 0;

  constructor(onLine: (line: RecordedLine) => void) {
    this.#onLine = onLine;
  }

  /** Takes what came from the device. */
  receive(chunk: Uint8Array, ms: number): void {
    for (const line of this.#lines.push(chunk, ms)) this.#emit(fromDevice(line));
  }

  /** Takes what the host has sent: one command with its line end. */
  send(bytes: string, ms: number): void {
    this.#emit({ from: 'host', ms, firstMs: ms, bytes });
  }

  /** Gives out the line that has not ended. */
  end(): void {
    const line = this.#lines.takeRest();
    if (line !== undefined) this.#emit(fromDevice(line));
  }

  #emit(line: RecordedLine): void {
    // Half a line comes out behind commands that were sent since its last byte: entries are in the order of their times.
    this.#emittedMs = Math.max(this.#emittedMs, line.ms);
    this.#onLine({ ...line, ms: this.#emittedMs, bytes: this.#scrubber.scrub(line) });
  }
}

function fromDevice({ fromMs, atMs, bytes }: CutLine): RecordedLine {
  return { from: 'device', firstMs: fromMs, ms: atMs, bytes };
}
