import { TRANSCRIPT_BYTES_MAX } from './kit-limits.ts';
import type { CutLine } from './line-cutter.ts';
import type { TranscriptEntry } from './transcript.ts';

/** What an entry costs besides its bytes. */
const ENTRY_BYTES = 64;

/** Writes the transcript. Lines of the device are kept up to {@link TRANSCRIPT_BYTES_MAX}, what the kit does always. */
export class Recorder {
  readonly entries: TranscriptEntry[] = [];
  #bytes = 0;

  /** True when the bound is reached. */
  get isFull(): boolean {
    return this.#bytes >= TRANSCRIPT_BYTES_MAX;
  }

  act(name: string, atMs: number): void {
    this.#add({ kind: 'act', atMs, name }, 0);
  }

  sent(bytes: string, atMs: number): void {
    this.#add({ kind: 'sent', atMs, bytes }, bytes.length);
  }

  /** Writes a line down, and says whether there was room for it. */
  received(line: CutLine): boolean {
    if (this.isFull) return false;
    this.#add({ kind: 'received', ...line }, line.bytes.length);
    return true;
  }

  reset(atMs: number): void {
    this.#add({ kind: 'reset', atMs }, 0);
  }

  closed(atMs: number): void {
    this.#add({ kind: 'closed', atMs }, 0);
  }

  #add(entry: TranscriptEntry, bytes: number): void {
    this.#bytes += bytes + ENTRY_BYTES;
    this.entries.push(entry);
  }
}
