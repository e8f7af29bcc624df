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

  /** Writes a line down, and says whether it is a new one that there was room for. */
  received({ joins, ...line }: CutLine): boolean {
    if (joins === true) this.#join(line);
    if (joins === true || this.isFull) return false;
    this.#add({ kind: 'received', ...line }, line.bytes.length);
    return true;
  }

  /** Adds a LF to the line whose CR is waiting for it; its time is not later than that of the next entry. */
  #join({ bytes, atMs }: CutLine): void {
    const index = this.entries.findLastIndex(({ kind }) => kind === 'received');
    const line = this.entries[index];
    if (line?.kind !== 'received' || !line.bytes.endsWith('\r')) return;
    const untilMs = Math.min(atMs, this.entries[index + 1]?.atMs ?? atMs);
    this.entries[index] = { ...line, atMs: untilMs, bytes: line.bytes + bytes };
    this.#bytes += bytes.length;
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
