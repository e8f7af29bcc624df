/** Bytes that are held back on their way and come out in chunks, as from a USB adapter. */
import type { WireRun } from './wire-receiver.ts';

/** How chunks are made: how long a byte is held at most, in ms, and how many bytes the next chunk has. */
export interface ChunkRule {
  readonly holdMs: number;
  readonly nextBytes: () => number;
}

/** Collects bytes until a chunk is full or its first byte has waited long enough. Their order stays. */
export class ChunkBuffer {
  readonly #rule: ChunkRule;
  #held: WireRun[] = [];
  #heldBytes = 0;
  #chunkBytes: number;
  #dueMs: number | undefined;

  constructor(rule: ChunkRule) {
    this.#rule = rule;
    this.#chunkBytes = rule.nextBytes();
  }

  /** When what is held must go on; `undefined` while nothing is. */
  get dueMs(): number | undefined {
    return this.#dueMs;
  }

  /** Takes bytes, and gives back the chunks that are full. */
  push(run: WireRun, nowMs: number): WireRun[][] {
    this.#held.push(run);
    this.#heldBytes += run.text.length;
    const chunks: WireRun[][] = [];
    while (this.#heldBytes >= this.#chunkBytes) chunks.push(this.#takeOut(this.#chunkBytes));
    if (this.#heldBytes === 0) this.#dueMs = undefined;
    // What a full chunk leaves behind begins to wait now.
    else if (chunks.length > 0) this.#dueMs = nowMs + this.#rule.holdMs;
    else this.#dueMs ??= nowMs + this.#rule.holdMs;
    return chunks;
  }

  /** Gives back all that is held. */
  flush(): WireRun[] {
    this.#dueMs = undefined;
    return this.#takeOut(this.#heldBytes);
  }

  #takeOut(bytes: number): WireRun[] {
    const chunk: WireRun[] = [];
    let wanted = bytes;
    while (wanted > 0) {
      const run = this.#held.shift() as WireRun;
      if (run.text.length > wanted) {
        this.#held.unshift({ text: run.text.slice(wanted), line: run.line });
      }
      chunk.push({ text: run.text.slice(0, wanted), line: run.line });
      wanted -= Math.min(wanted, run.text.length);
    }
    this.#heldBytes -= bytes;
    this.#chunkBytes = this.#rule.nextBytes();
    return chunk;
  }
}
