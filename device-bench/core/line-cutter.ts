import { PENDING_BYTES_MAX } from './kit-limits.ts';

/** One line as it came, with the times at which its first and last byte were seen. */
export interface CutLine {
  readonly fromMs: number;
  readonly atMs: number;
  readonly bytes: string;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts what arrives into lines, whatever the chunks are. A line ends at its LF, or at a CR that something else follows.
 * It holds at most {@link PENDING_BYTES_MAX} bytes; what is longer comes out in pieces of that size.
 */
export class LineCutter {
  #pending = '';
  #fromMs = 0;
  #lastMs = 0;

  /** Takes a chunk that was seen at `atMs` and gives the lines that it completes. */
  push(chunk: Uint8Array, atMs: number): readonly CutLine[] {
    const lines: CutLine[] = [];
    for (const byte of chunk) {
      const endsAtCr = this.#endsWithCr() && byte !== LINE_FEED && byte !== CARRIAGE_RETURN;
      if (endsAtCr || this.#pending.length >= PENDING_BYTES_MAX) lines.push(this.#take());
      if (this.#pending === '') this.#fromMs = atMs;
      this.#pending += String.fromCharCode(byte);
      this.#lastMs = atMs;
      if (byte === LINE_FEED) lines.push(this.#take());
    }
    return lines;
  }

  /** The line that a CR has ended which nothing has followed since `beforeMs`, if there is one. */
  takeLoneCr(beforeMs: number): CutLine | undefined {
    return this.#endsWithCr() && this.#lastMs <= beforeMs ? this.#take() : undefined;
  }

  /** What has come of a line that has not ended, if anything has. */
  takeRest(): CutLine | undefined {
    return this.#pending === '' ? undefined : this.#take();
  }

  /** What has come of a line that has not ended. */
  get unfinished(): string {
    return this.#pending;
  }

  /** True while the last byte is a CR. */
  get waitsForLineFeed(): boolean {
    return this.#endsWithCr();
  }

  #endsWithCr(): boolean {
    return this.#pending.endsWith('\r');
  }

  #take(): CutLine {
    const line = { fromMs: this.#fromMs, atMs: this.#lastMs, bytes: this.#pending };
    this.#pending = '';
    return line;
  }
}
