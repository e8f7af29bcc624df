import { PENDING_BYTES_MAX } from './kit-limits.ts';

/** One line as it came, with the times at which its first and last byte were seen; latin1, one byte per character. */
export interface CutLine {
  readonly fromMs: number;
  readonly atMs: number;
  readonly bytes: string;
  /** True for a LF that belongs to the line before, whose CR came so long before it that it was given already. */
  readonly joins?: true;
}

/** Where lines end, and how much is held of one that does not. */
export interface CutterOptions {
  /** {@link PENDING_BYTES_MAX} if not given. What is longer comes out in pieces of that size. */
  readonly bytesMax?: number;
  /**
   * Whether a CR that something else follows ends a line, too; true if not given. The kit reads like that, to tell a wrong
   * line end from a damaged line. Whoever has to see what a host sees cuts at LF alone.
   */
  readonly endsAtCr?: boolean;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts what arrives into lines, whatever the chunks are, and loses no byte: a line keeps its line end. It holds one line
 * at most.
 */
export class LineCutter {
  readonly #bytesMax: number;
  readonly #endsAtCr: boolean;
  #pending = '';
  /** The last byte of what is pending: to ask the text for it would copy it for each byte. */
  #lastByte = 0;
  #fromMs = 0;
  #lastMs = 0;
  /** True while the last byte is a CR whose line was given. */
  #isEndedByCr = false;

  constructor({ bytesMax = PENDING_BYTES_MAX, endsAtCr = true }: CutterOptions = {}) {
    this.#bytesMax = bytesMax;
    this.#endsAtCr = endsAtCr;
  }

  /** Takes a chunk that was seen at `atMs` and gives the lines that it completes. */
  push(chunk: Uint8Array, atMs: number): readonly CutLine[] {
    const lines: CutLine[] = [];
    for (const byte of chunk) {
      const joins = this.#isEndedByCr && byte === LINE_FEED;
      this.#isEndedByCr = false;
      if (joins) {
        lines.push({ fromMs: atMs, atMs, bytes: '\n', joins });
        continue;
      }
      const endsHere = this.waitsForLineFeed && byte !== LINE_FEED && byte !== CARRIAGE_RETURN;
      if (endsHere || this.#pending.length >= this.#bytesMax) lines.push(this.#take());
      if (this.#pending === '') this.#fromMs = atMs;
      this.#pending += String.fromCharCode(byte);
      this.#lastByte = byte;
      this.#lastMs = atMs;
      if (byte === LINE_FEED) lines.push(this.#take());
    }
    return lines;
  }

  /** The line that a CR has ended which nothing has followed since `beforeMs`, if there is one; a LF may still join it. */
  takeLoneCr(beforeMs: number): CutLine | undefined {
    if (!this.waitsForLineFeed || this.#lastMs > beforeMs) return undefined;
    this.#isEndedByCr = true;
    return this.#take();
  }

  /** What has come of a line that has not ended, if anything has. */
  takeRest(): CutLine | undefined {
    return this.#pending === '' ? undefined : this.#take();
  }

  /** What has come of a line that has not ended. */
  get unfinished(): string {
    return this.#pending;
  }

  /** True while the last byte is a CR that may end the line by itself. */
  get waitsForLineFeed(): boolean {
    return this.#endsAtCr && this.#lastByte === CARRIAGE_RETURN;
  }

  #take(): CutLine {
    const line = { fromMs: this.#fromMs, atMs: this.#lastMs, bytes: this.#pending };
    this.#pending = '';
    this.#lastByte = 0;
    return line;
  }
}
