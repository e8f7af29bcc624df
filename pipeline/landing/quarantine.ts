/** What could not be read, kept with the reason: nothing that landed disappears in silence. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isUtf8 } from 'node:buffer';
import type { LandingTableName } from '../core/catalog.ts';
import { JUNK_BYTES_MAX } from '../core/record-splitter.ts';
import { makeFolders } from '../make-folders.ts';

/** One unreadable piece. `line` counts from 1, 0 stands for a whole file; `offset` counts unpacked bytes from 0. */
export interface QuarantineEntry {
  readonly file: string;
  readonly line: number;
  readonly offset?: number;
  readonly reason: string;
  readonly table: LandingTableName;
}

/** The name of the file that holds a table's quarantine. */
export const QUARANTINE_FILE = 'quarantine.ndjson';

const FLUSH_LINES = 1000;
/** How many entries stay in memory, for reports. */
const ENTRIES_MAX = 1000;

/** Writes the quarantine of one table to `<folder>/<table>/quarantine.ndjson`, which exists only when something is in it. */
export class Quarantine {
  readonly #folder: string;
  readonly #entries: QuarantineEntry[] = [];
  #waiting: string[] = [];
  #count = 0;
  #file: FileHandle | undefined;

  constructor(folder: string, table: LandingTableName) {
    this.#folder = join(folder, table);
  }

  /** How many pieces are in it. */
  get count(): number {
    return this.#count;
  }

  /** The first pieces, at most 1,000. */
  get entries(): readonly QuarantineEntry[] {
    return this.#entries;
  }

  /** The file; absent as long as nothing is in it. */
  get path(): string | undefined {
    return this.#count === 0 ? undefined : join(this.#folder, QUARANTINE_FILE);
  }

  /** Takes one piece with its original bytes, of which at most 4,096 are kept. */
  add(entry: QuarantineEntry, bytes: Uint8Array): Promise<void> {
    return this.addLine(entry, JSON.stringify({ ...entry, ...originalOf(bytes) }));
  }

  /** Takes one piece as it stands in the quarantine of another run. */
  async addLine(
    { file, line, offset, reason, table }: QuarantineEntry,
    text: string,
  ): Promise<void> {
    this.#count++;
    if (this.#entries.length < ENTRIES_MAX) {
      this.#entries.push({ file, line, ...(offset !== undefined && { offset }), reason, table });
    }
    this.#waiting.push(text);
    if (this.#waiting.length >= FLUSH_LINES) await this.#flush();
  }

  /** Writes what is waiting and closes the file. */
  async close(): Promise<void> {
    await this.#flush();
    await this.#file?.close();
    this.#file = undefined;
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    if (this.#file === undefined) {
      makeFolders(this.#folder);
      this.#file = await open(join(this.#folder, QUARANTINE_FILE), 'a');
    }
    const lines = this.#waiting;
    this.#waiting = [];
    await this.#file.appendFile(`${lines.join('\n')}\n`);
  }
}

/** The bytes as text where they are UTF-8, else as base64, so that they can be had back exactly. */
function originalOf(bytes: Uint8Array): Record<string, string | boolean> {
  const kept = Buffer.from(bytes.subarray(0, JUNK_BYTES_MAX));
  const original = isUtf8(kept)
    ? { original: kept.toString('utf8') }
    : { originalBase64: kept.toString('base64') };
  return bytes.length > JUNK_BYTES_MAX ? { ...original, truncated: true } : original;
}
