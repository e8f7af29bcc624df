/**
 * The rows of the plain objects of one table, gathered in files in scratch. Many small objects share a file: what a file and a
 * statement cost the engine is more than what is in them.
 */
import { isUtf8 } from 'node:buffer';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LandingTableName } from '../core/catalog.ts';
import { PlainLines } from '../core/plain-lines.ts';
import { RowsFile } from './rows-file.ts';

/** Where rows are gathered. */
export interface PlainRowsOptions {
  readonly table: LandingTableName;
  readonly scratch: string;
  /** The column for the number of the object that a row is from; without it, there is none. */
  readonly numberColumn: string | undefined;
}

/** A file of rows that is whole. */
export interface GatheredRows {
  readonly path: string;
  readonly rows: number;
}

/** Takes one object after the other. Failures are PipelineError OUTPUT_UNWRITABLE or DISK_FULL. */
export class PlainRows {
  readonly #options: PlainRowsOptions;
  /** It is made when it is needed, because it takes memory. */
  #lines: PlainLines | undefined;
  #file: RowsFile | undefined;
  #files = 0;

  constructor(options: PlainRowsOptions) {
    this.#options = options;
  }

  /** Begins with an object, of which `keep` or `drop` is the end. */
  begin(number: number): void {
    const { table, scratch, numberColumn } = this.#options;
    this.#lines ??= new PlainLines(table, { isUtf8, onFull: () => this.#file?.flush() });
    const path = join(scratch, `${table}-${this.#files}.rows`);
    this.#file ??= new RowsFile(path, this.#lines.scan, numberColumn);
    this.#lines.begin();
    this.#file.begin(number);
  }

  /** Takes the next bytes of the object. False as soon as a line is not plain. */
  push(chunk: Uint8Array): boolean {
    return this.#lines?.push(chunk) ?? false;
  }

  /** Keeps the rows of the object and gives their number; undefined, and keeps none, when not all of its lines are plain. */
  keep(): number | undefined {
    if (this.#lines?.end() !== true) {
      this.drop();
      return undefined;
    }
    this.#file?.keep();
    return this.#lines.lines;
  }

  /** Forgets the object. */
  drop(): void {
    this.#file?.drop();
  }

  /** Ends the file with the rows that were taken; undefined when there are none. The next object begins another file. */
  end(): GatheredRows | undefined {
    const file = this.#file;
    if (file === undefined) return undefined;
    try {
      const rows = file.end();
      if (rows > 0) return { path: file.path, rows };
    } finally {
      this.close();
    }
    rmSync(file.path, { force: true });
    return undefined;
  }

  /** Has to be called at last, whatever happened. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
    this.#files++;
  }
}
