/** One line as it came, its LF included, or a piece without one; one byte per character (latin1). */
export interface SplitLine {
  readonly bytes: string;
  /** When its first and its last byte came. */
  readonly firstMs: number;
  readonly ms: number;
}

const LINE_FEED = 0x0a;

/** Cuts what a device sends at line feeds. It holds `bytesMax` bytes at most: a longer line comes out in pieces. */
export class LineSplitter {
  readonly #bytesMax: number;
  #pending = '';
  #firstMs = 0;
  #lastMs = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Takes a chunk that came at `ms`, and gives the lines that it completes. */
  push(chunk: Uint8Array, ms: number): SplitLine[] {
    const lines: SplitLine[] = [];
    for (const byte of chunk) {
      if (this.#pending === '') this.#firstMs = ms;
      this.#pending += String.fromCharCode(byte);
      this.#lastMs = ms;
      if (byte === LINE_FEED || this.#pending.length === this.#bytesMax) lines.push(this.#take());
    }
    return lines;
  }

  /** Gives out the line that has not ended, if something has come of it. */
  end(): SplitLine | undefined {
    return this.#pending === '' ? undefined : this.#take();
  }

  #take(): SplitLine {
    const line = { bytes: this.#pending, firstMs: this.#firstMs, ms: this.#lastMs };
    this.#pending = '';
    return line;
  }
}
