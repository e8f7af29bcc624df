/** Hands objects to the reader that each of them needs. Good files stay on the engine's own reader whatever the others hold. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainEngineFailure } from '../engine/engine-failure.ts';
import { PipelineError } from '../pipeline-error.ts';
import { describeParquet, insertGoodRows, insertParquet, readingKeyOf } from './insert-parquet.ts';
import type { ParquetFile } from './insert-parquet.ts';
import { insertCopies, insertRows } from './insert-plain.ts';
import type { CleanCopy } from './insert-plain.ts';
import { notParquet } from './landing-failure.ts';
import type { LandingSource, LocalObject } from './landing-object.ts';
import type { LandingSink } from './landing-sink.ts';
import { BATCH_FILES_MAX, ObjectBatches } from './object-batch.ts';
import type { ObjectAccount, Waiting } from './object-batch.ts';
import type { Compression } from './object-bytes.ts';
import type { ReadyObject } from './object-reader.ts';
import { PlainRows } from './plain-rows.ts';
import { prepareObject } from './prepare-object.ts';
import type { Quarantine } from './quarantine.ts';
import { scanObject, setObjectAside } from './scan-object.ts';

/** What inserting objects needs. */
export interface ObjectInserterOptions {
  readonly sink: LandingSink;
  readonly source: LandingSource;
  readonly quarantine: Quarantine;
  readonly scratch: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * What the engine says of bytes that it does not understand. Anything else, such as a file that cannot be opened or read,
 * is a failure of the run: the object may be sound.
 */
const FORMAT_FAULT =
  /^(?:(?:Invalid|Invalid Input|Conversion|Not implemented|Out of Range|Binder) Error:|IO Error: Could not read enough bytes)/;
/** The engine calls any failure of the system's libraries invalid, too. */
const SYSTEM_FAULT = /bad_alloc|Too many open files|Input\/output error|temporarily unavailable/;

/** Inserts the objects of one table and writes their books. */
export class ObjectInserter {
  readonly #options: ObjectInserterOptions;
  readonly #rows: PlainRows;
  readonly #plain: ObjectBatches<{ readonly compression: Compression }>;
  readonly #copies: ObjectBatches<CleanCopy>;
  readonly #parquet: ObjectBatches<ParquetFile>;

  constructor(options: ObjectInserterOptions) {
    this.#options = options;
    const { source, sink, scratch } = options;
    this.#rows = new PlainRows({ table: sink.table, scratch, numberColumn: sink.numberColumn });
    this.#plain = new ObjectBatches(source, {
      filesMax: Infinity,
      insert: (batch) => this.#insertRows(batch),
    });
    this.#copies = new ObjectBatches(source, {
      filesMax: BATCH_FILES_MAX,
      insert: (batch) => this.#insertCopies(batch),
    });
    this.#parquet = new ObjectBatches(source, {
      filesMax: BATCH_FILES_MAX,
      insert: (batch) => this.#insertParquet(batch),
    });
  }

  /** Takes an object; its rows are in the table at the end at the latest. */
  async take({ object, head }: ReadyObject, account: ObjectAccount): Promise<void> {
    const { source, signal } = this.#options;
    if (account.original !== undefined) {
      await source.release(object);
      return;
    }
    if (object.kind === 'foreign') {
      await this.#setAside(object, account, 'not a kind of file that holds landing records');
      return;
    }
    const { number } = account;
    const prepared = await prepareObject({ object, head, number, rows: this.#rows, signal });
    if (prepared.kind === 'plain') {
      const { lines, bytes, compression } = prepared;
      account.rows = lines;
      await this.#plain.add('rows', { object, account, file: { compression }, bytes });
    } else if (prepared.kind === 'parquet') await this.#takeParquet(object, account);
    else if (prepared.damage === 'corrupt') {
      await this.#setAside(object, account, 'the compressed data is damaged');
    } else await this.#addCopy(await this.#makeCleanCopy(object, account, prepared.compression));
  }

  /** Inserts what still waits. */
  async end(): Promise<void> {
    await this.#plain.end();
    await this.#copies.end();
    await this.#parquet.end();
  }

  /** Has to be called at last, whatever happened. */
  close(): void {
    this.#rows.close();
  }

  async #addCopy(waiting: Waiting<CleanCopy>): Promise<void> {
    const { file, account, object } = waiting;
    account.rows = file.lines;
    if (file.lines > 0) {
      await this.#copies.add('copies', waiting);
      return;
    }
    await rm(file.path, { force: true });
    await this.#options.source.release(object);
  }

  async #setAside(object: LocalObject, account: ObjectAccount, reason: string): Promise<void> {
    await setObjectAside(this.#options.quarantine, object, reason);
    account.rows = 0;
    account.quarantined = 1;
    account.isSetAside = true;
    await this.#options.source.release(object);
  }

  /** Reads an object record by record: its good records to a clean file, the rest to the quarantine. */
  async #makeCleanCopy(
    object: LocalObject,
    account: ObjectAccount,
    compression: Compression,
  ): Promise<Waiting<CleanCopy>> {
    const { scratch, quarantine, signal } = this.#options;
    const path = join(scratch, `${object.table}-${account.number}.ndjson`);
    const before = quarantine.count;
    const lines = await scanObject(object, { compression, cleanPath: path, quarantine, signal });
    account.rows = lines;
    account.quarantined = quarantine.count - before;
    const file = { path, lines, number: account.number };
    return { object, account, file, bytes: (await stat(path)).size, scratch: path };
  }

  /** Inserts the rows that were gathered; when the engine sees others, their objects are read record by record. */
  async #insertRows(
    batch: readonly Waiting<{ readonly compression: Compression }>[],
  ): Promise<void> {
    const gathered = this.#rows.end();
    if (gathered === undefined) return;
    const failure = await this.#attempt(() => insertRows(this.#options.sink, gathered));
    await rm(gathered.path, { force: true });
    if (failure === undefined) return;
    for (const { object, account, file } of batch) {
      const copy = await this.#makeCleanCopy(object, account, file.compression);
      if (copy.file.lines > 0) await this.#insertCopies([copy]);
      await rm(copy.file.path, { force: true });
    }
  }

  /** Inserts clean copies; when the engine does not see what is in them, one by one. */
  async #insertCopies(batch: readonly Waiting<CleanCopy>[]): Promise<void> {
    const [first, ...rest] = batch.map(({ file }) => file);
    if (first === undefined) return;
    const failure = await this.#attempt(() => insertCopies(this.#options.sink, [first, ...rest]));
    if (failure === undefined) return;
    for (const waiting of batch) {
      if (batch.length > 1) await this.#insertCopies([waiting]);
      // A clean copy is certainly readable: when that fails too, it is the engine's own failure.
      else throw failure instanceof Error ? failure : unloadable(waiting.object);
    }
  }

  async #takeParquet(object: LocalObject, account: ObjectAccount): Promise<void> {
    const { sink } = this.#options;
    const named = { path: object.path, number: account.number };
    const described = await describeParquet(sink, named).catch((cause: unknown) =>
      this.#refuse(object, cause),
    );
    if ('fault' in described) {
      await this.#setAside(object, account, described.fault);
      return;
    }
    account.rows = described.rows;
    const waiting = { object, account, file: described, bytes: object.bytes };
    await this.#parquet.add(readingKeyOf(described), waiting);
  }

  /** Inserts files that are read alike; when they hold bad rows or one of them is damaged, one by one, so that it has a name. */
  async #insertParquet(batch: readonly Waiting<ParquetFile>[]): Promise<void> {
    const { sink, quarantine, scratch } = this.#options;
    const [first, ...rest] = batch.map(({ file }) => file);
    if (first === undefined) return;
    if ((await this.#attempt(() => insertParquet(sink, [first, ...rest]))) === undefined) return;
    for (const { object, account, file } of batch) {
      const badRowsPath = join(scratch, `${object.table}-${account.number}.bad`);
      const before = quarantine.count;
      const rows = await insertGoodRows(sink, file, { object, quarantine, badRowsPath }).catch(
        (cause: unknown) => this.#refuse(object, cause),
      );
      await rm(badRowsPath, { force: true });
      account.rows = rows;
      account.quarantined = quarantine.count - before;
    }
  }

  /** `undefined` when it worked; else the failure, or false when rows did not match. What is not the file's fault is thrown. */
  async #attempt(work: () => Promise<boolean>): Promise<Error | false | undefined> {
    this.#options.signal?.throwIfAborted();
    try {
      return (await work()) ? undefined : false;
    } catch (cause) {
      this.#requireFault(cause);
      return cause as Error;
    }
  }

  /**
   * Ends the run: a damaged Parquet file holds any number of rows of which none can be had, so zones without them may not replace
   * those that are there. One that changed while it was read is told as that.
   */
  async #refuse(object: LocalObject, cause: unknown): Promise<never> {
    this.#requireFault(cause);
    await this.#options.source.release(object);
    throw notParquet(object.name, cause);
  }

  /** Throws a failure of the engine unless it is the fault of the file that it read. */
  #requireFault(cause: unknown): void {
    this.#options.signal?.throwIfAborted();
    const failure = explainEngineFailure(cause, { step: 'load', scratch: this.#options.scratch });
    if (!(cause instanceof Error) || failure.code !== 'ENGINE_FAILED') throw cause;
    const { message } = cause;
    if (!FORMAT_FAULT.test(message) || SYSTEM_FAULT.test(message)) throw cause;
  }
}

function unloadable({ name }: LocalObject): PipelineError {
  return new PipelineError(
    'LANDING_UNREADABLE',
    `DuckDB did not read what was found in ${name}. Make sure that nothing writes to the landing zone while the pipeline runs.`,
  );
}
