/** Hands objects to the reader that each of them needs. Good files stay on the engine's own reader whatever the others hold. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainEngineFailure } from '../engine/engine-failure.ts';
import { PipelineError } from '../pipeline-error.ts';
import { describeParquet, insertGoodRows, insertParquet, readingKeyOf } from './insert-parquet.ts';
import type { ParquetFile } from './insert-parquet.ts';
import { insertPlain } from './insert-plain.ts';
import type { PlainFile } from './insert-plain.ts';
import type { LandingSource, LocalObject } from './landing-object.ts';
import type { LandingSink } from './landing-sink.ts';
import { ObjectBatches } from './object-batch.ts';
import type { ObjectAccount, Waiting } from './object-batch.ts';
import { detectFormat } from './object-bytes.ts';
import type { ReadyObject } from './object-reader.ts';
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

/** Something to put into quarantine, of which nothing may land. */
const NOT_PARQUET = 'not a Parquet file that can be read';
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
  readonly #plain: ObjectBatches<PlainFile>;
  readonly #parquet: ObjectBatches<ParquetFile>;

  constructor(options: ObjectInserterOptions) {
    this.#options = options;
    const { source } = options;
    this.#plain = new ObjectBatches(source, (batch) => this.#insertPlain(batch));
    this.#parquet = new ObjectBatches(source, (batch) => this.#insertParquet(batch));
  }

  /** Takes an object; its rows are in the table at the end at the latest. */
  async take({ object, prepared }: ReadyObject, account: ObjectAccount): Promise<void> {
    if (account.original !== undefined) {
      if (prepared.kind === 'plain') await rm(prepared.path, { force: true });
      await this.#options.source.release(object);
    } else if (prepared.kind === 'plain') {
      const { path, lines, bytes } = prepared;
      const file = { kind: 'rows', path, lines, number: account.number } as const;
      await this.#addPlain({ object, account, file, bytes, scratch: path });
    } else if (prepared.kind === 'parquet') await this.#takeParquet(object, account);
    else if (prepared.kind === 'foreign') {
      await this.#setAside(object, account, 'not a kind of file that holds landing records');
    } else if (prepared.damage === 'corrupt') {
      await this.#setAside(object, account, 'the compressed data is damaged');
    } else await this.#addPlain(await this.#makeCleanCopy(object, account));
  }

  /** Inserts what still waits. */
  async end(): Promise<void> {
    await this.#plain.end();
    await this.#parquet.end();
  }

  async #addPlain(waiting: Waiting<PlainFile>): Promise<void> {
    const { file, account, object, scratch } = waiting;
    account.rows = file.lines;
    if (file.lines > 0) {
      await this.#plain.add(file.kind, waiting);
      return;
    }
    if (scratch !== undefined) await rm(scratch, { force: true });
    await this.#options.source.release(object);
  }

  async #setAside(object: LocalObject, account: ObjectAccount, reason: string): Promise<void> {
    await this.#enterAside(object, account, reason);
    await this.#options.source.release(object);
  }

  async #enterAside(object: LocalObject, account: ObjectAccount, reason: string): Promise<void> {
    await setObjectAside(this.#options.quarantine, object, reason);
    account.rows = 0;
    account.quarantined = 1;
    account.isSetAside = true;
  }

  /** Reads an object record by record: its good records to a clean file, the rest to the quarantine. */
  async #makeCleanCopy(object: LocalObject, account: ObjectAccount): Promise<Waiting<PlainFile>> {
    const { scratch, quarantine, signal } = this.#options;
    const path = join(scratch, `${object.table}-${account.number}.ndjson`);
    const format = await detectFormat(object);
    const compression = format === 'gzip' ? 'gzip' : 'none';
    const before = quarantine.count;
    const lines = await scanObject(object, { compression, cleanPath: path, quarantine, signal });
    account.rows = lines;
    account.quarantined = quarantine.count - before;
    const file = { kind: 'records', path, lines, number: account.number } as const;
    return { object, account, file, bytes: (await stat(path)).size, scratch: path };
  }

  /** Inserts files of one kind; when one is not what it seemed, one by one. */
  async #insertPlain(batch: readonly Waiting<PlainFile>[]): Promise<void> {
    const [first, ...rest] = batch.map(({ file }) => file);
    if (first === undefined) return;
    const failure = await this.#attempt(() => insertPlain(this.#options.sink, [first, ...rest]));
    if (failure === undefined) return;
    for (const waiting of batch) {
      if (batch.length > 1) await this.#insertPlain([waiting]);
      // A clean copy is certainly readable: when that fails too, it is the engine's own failure.
      else if (waiting.file.kind === 'records') {
        throw failure instanceof Error ? failure : unloadable(waiting.object);
      } else {
        const clean = await this.#makeCleanCopy(waiting.object, waiting.account);
        if (clean.file.lines > 0) await this.#insertPlain([clean]);
        await rm(clean.file.path, { force: true });
      }
    }
  }

  async #takeParquet(object: LocalObject, account: ObjectAccount): Promise<void> {
    const { sink } = this.#options;
    const named = { path: object.path, number: account.number };
    const described = await describeParquet(sink, named).catch((cause: unknown) =>
      this.#asFault(cause),
    );
    if ('fault' in described) {
      await this.#setAside(object, account, described.fault);
      return;
    }
    account.rows = described.rows;
    const waiting = { object, account, file: described, bytes: object.bytes };
    await this.#parquet.add(readingKeyOf(described), waiting);
  }

  /** Inserts files that are read alike; when they hold bad rows or one of them is damaged, one by one. */
  async #insertParquet(batch: readonly Waiting<ParquetFile>[]): Promise<void> {
    const { sink, quarantine, scratch } = this.#options;
    const [first, ...rest] = batch.map(({ file }) => file);
    if (first === undefined) return;
    if ((await this.#attempt(() => insertParquet(sink, [first, ...rest]))) === undefined) return;
    for (const { object, account, file } of batch) {
      const badRowsPath = join(scratch, `${object.table}-${account.number}.bad`);
      const before = quarantine.count;
      const rows = await insertGoodRows(sink, file, { object, quarantine, badRowsPath }).catch(
        (cause: unknown) => this.#asFault(cause),
      );
      await rm(badRowsPath, { force: true });
      if (typeof rows === 'number') {
        account.rows = rows;
        account.quarantined = quarantine.count - before;
      } else {
        await this.#enterAside(object, account, rows.fault);
      }
    }
  }

  /** `undefined` when it worked; else the failure, or false when rows did not match. What is not the file's fault is thrown. */
  async #attempt(work: () => Promise<boolean>): Promise<Error | false | undefined> {
    this.#options.signal?.throwIfAborted();
    try {
      return (await work()) ? undefined : false;
    } catch (cause) {
      this.#asFault(cause);
      return cause as Error;
    }
  }

  /** A failure of the engine that is the fault of the file that it read. Any other is thrown. */
  #asFault(cause: unknown): { readonly fault: string } {
    this.#options.signal?.throwIfAborted();
    const failure = explainEngineFailure(cause, { step: 'load', scratch: this.#options.scratch });
    if (!(cause instanceof Error) || failure.code !== 'ENGINE_FAILED') throw cause;
    const { message } = cause;
    if (!FORMAT_FAULT.test(message) || SYSTEM_FAULT.test(message)) throw cause;
    return { fault: NOT_PARQUET };
  }
}

function unloadable({ name }: LocalObject): PipelineError {
  return new PipelineError(
    'LANDING_UNREADABLE',
    `DuckDB did not read what was found in ${name}. Make sure that nothing writes to the landing zone while the pipeline runs.`,
  );
}
