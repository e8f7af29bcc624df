/**
 * The file in which a live run writes down the truth while it goes on: newline-delimited JSON that only grows. A line is
 * one of these, and nothing that stands there changes:
 *
 * | line                               | meaning                                              |
 * |------------------------------------|------------------------------------------------------|
 * | `{"kind":"distance","id":…,…}`     | a reading, as the ledger has it                      |
 * | `{"id":…,"fate":"sent",…}`         | what has become known of a reading that stands above |
 * | `{"occurrence":"box-swapped"}`     | it happened once more                                |
 * | `{"damagedLine":"$R,…"}`           | bytes that arrived and stand for no line             |
 */
import { open } from 'node:fs/promises';
import type { Occurrence, Truth, TruthDistance } from '../../simulator/index.ts';
import { JudgeError } from './judge-error.ts';

/** Bytes that are read in one go. */
const BLOCK_BYTES = 2 ** 20;
const LINE_FEED = 0x0a;

type TruthLine =
  Pick<Truth, 'id'> | { readonly occurrence: Occurrence } | { readonly damagedLine: string };

/** The truth as far as it was written down. */
export class TruthFile {
  /** By truth id. */
  readonly readings: Truth[] = [];
  readonly damagedLines: string[] = [];
  readonly #path: string;
  readonly #occurrences = new Map<Occurrence, number>();
  readonly #texts = new Map<string, string>();
  #offset = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** How often something happened. */
  occurrences(occurrence: Occurrence): number {
    return this.#occurrences.get(occurrence) ?? 0;
  }

  /**
   * Reads what was added; a line without its end is left for the next time.
   *
   * @throws JudgeError LEDGER_UNREADABLE
   */
  async update(): Promise<void> {
    try {
      const file = await open(this.#path, 'r');
      try {
        await this.#readOn(file);
      } finally {
        await file.close();
      }
    } catch (cause) {
      if (cause instanceof JudgeError) throw cause;
      // Before the first reading there is no file.
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && this.#offset === 0) return;
      throw unreadable(this.#path, cause);
    }
  }

  async #readOn(file: Awaited<ReturnType<typeof open>>): Promise<void> {
    let block = Buffer.allocUnsafe(BLOCK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(block, 0, block.length, this.#offset);
      const end = block.subarray(0, bytesRead).lastIndexOf(LINE_FEED) + 1;
      if (end === 0 && bytesRead < block.length) return;
      // One line that is longer than the block: a longer one is taken.
      if (end === 0) block = Buffer.allocUnsafe(2 * block.length);
      else this.#take(block.toString('utf8', 0, end - 1), this.#offset);
      this.#offset += end;
    }
  }

  #take(text: string, offset: number): void {
    for (const line of text.split('\n')) {
      try {
        this.#note(JSON.parse(line) as TruthLine);
      } catch (cause) {
        throw unreadable(`${this.#path} behind byte ${offset}`, cause);
      }
    }
  }

  #note(line: TruthLine): void {
    if ('occurrence' in line) {
      this.#occurrences.set(line.occurrence, this.occurrences(line.occurrence) + 1);
    } else if ('damagedLine' in line) this.damagedLines.push(line.damagedLine);
    else this.#noteReading(line);
  }

  /** Whoever holds a reading sees what becomes known of it. */
  #noteReading(line: Pick<Truth, 'id'>): void {
    const known = this.readings[line.id];
    if (known !== undefined) Object.assign(known, line);
    else this.readings[line.id] = this.#withSharedTexts(line as Truth);
  }

  /** A parser makes the few texts of a ledger anew for each reading, which would be a fifth of its memory. */
  #withSharedTexts(truth: Truth): Truth {
    for (const name of ['kind', 'fate', 'serialNumber', 'boot'] as const) {
      const text = (truth as Partial<TruthDistance>)[name];
      if (text === undefined) continue;
      if (!this.#texts.has(text)) this.#texts.set(text, text);
      Object.assign(truth, { [name]: this.#texts.get(text) });
    }
    return truth;
  }
}

function unreadable(place: string, cause: unknown): JudgeError {
  return new JudgeError(
    'LEDGER_UNREADABLE',
    `The truth of the run cannot be read from ${place}. Restart the demo.`,
    { cause },
  );
}
