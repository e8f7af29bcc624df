import { MAX_LINE_BYTES } from './framing.ts';

const LINE_FEED = 0x0a;

/** What a {@link LineGuard} lets through, and how many bytes of overlong lines it threw away. */
export interface Guarded {
  readonly bytes: Uint8Array;
  readonly discardedBytes: number;
}

/**
 * Bounds the length of a line in front of any splitter that buffers until a line feed.
 *
 * Of a longer line the first `limit` bytes and the line feed pass, so that the splitter sees one line that is too
 * long and rejects it, and holds at most `limit` bytes whatever arrives.
 */
export class LineGuard {
  readonly #limit: number;
  #lineBytes = 0;

  constructor(limit: number = MAX_LINE_BYTES) {
    this.#limit = limit;
  }

  /** Passes one chunk. The result may share memory with `chunk`. */
  pass(chunk: Uint8Array): Guarded {
    if (this.#fits(chunk)) return { bytes: chunk, discardedBytes: 0 };
    const kept = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      const ends = byte === LINE_FEED;
      if (ends || this.#lineBytes < this.#limit) kept[length++] = byte;
      this.#lineBytes = ends ? 0 : this.#lineBytes + 1;
    }
    return { bytes: kept.subarray(0, length), discardedBytes: chunk.length - length };
  }

  /** The common case without a copy: no line in the chunk passes the limit. */
  #fits(chunk: Uint8Array): boolean {
    const limit = this.#limit;
    let lineBytes = this.#lineBytes;
    // By index, as every byte of every port passes here: an iterator takes several times as long.
    for (let index = 0; index < chunk.length; index++) {
      lineBytes = chunk[index] === LINE_FEED ? 0 : lineBytes + 1;
      if (lineBytes > limit) return false;
    }
    this.#lineBytes = lineBytes;
    return true;
  }
}
