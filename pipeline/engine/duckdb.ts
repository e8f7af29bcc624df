/** DuckDB as the pipeline uses it: in memory or in a file of ours, spilling to a folder of ours, loading nothing from anywhere. */
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { PipelineError } from '../pipeline-error.ts';

/** A value of a result; whole numbers are exact up to 53 bits. */
export type SqlValue = string | number | boolean | null;
/** A row of a result by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** How much of the machine the engine may use. */
export interface EngineLimits {
  /** Threads; without it, one per core. */
  readonly threads?: number | undefined;
  /** Memory, such as `2GB`, above which the engine spills to disk; without it, its own default. */
  readonly memoryLimit?: string | undefined;
  /** Where it spills to. */
  readonly spillFolder?: string | undefined;
}

/** The name of the database in a file. */
const FILE_DATABASE = 'lake';

/** One database with one connection to it; `connect` gives further ones. The caller closes the first. */
export class Engine {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #inFile = false;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** Opens an empty database. @throws PipelineError ENGINE_FAILED */
  static async open(limits: EngineLimits): Promise<Engine> {
    try {
      const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
      const instance = await Instance.create(':memory:', {
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        preserve_insertion_order: 'false',
        ...(limits.threads !== undefined && { threads: limits.threads.toString() }),
        ...(limits.memoryLimit !== undefined && { memory_limit: limits.memoryLimit }),
        ...(limits.spillFolder !== undefined && { temp_directory: limits.spillFolder }),
      });
      const engine = new Engine(instance, await instance.connect());
      // DuckDB follows its progress only where it would also draw it.
      await engine.run('SET enable_progress_bar = true');
      await engine.run('SET enable_progress_bar_print = false');
      return engine;
    } catch (cause) {
      throw new PipelineError(
        'ENGINE_FAILED',
        'DuckDB does not start. Check the memory limit and the number of threads, and that @duckdb/node-api is installed for this platform.',
        { cause },
      );
    }
  }

  /** A further connection, so that statements can run beside each other. */
  async connect(): Promise<Engine> {
    const engine = new Engine(this.#instance, await this.#instance.connect());
    engine.#inFile = this.#inFile;
    if (this.#inFile) await engine.run(`USE ${FILE_DATABASE}`);
    return engine;
  }

  /**
   * Makes the tables that are created from now on, by this connection and those that it gives, in a new file instead of
   * in memory: there they are compressed, and leave the memory to the work. Errors are DuckDB's own.
   */
  async useFile(path: string): Promise<void> {
    // The file does not outlive the run, so that a log to recover it from after a crash is of no use.
    await this.run(`ATTACH ${quoteText(path)} AS ${FILE_DATABASE} (RECOVERY_MODE no_wal_writes)`);
    await this.run(`USE ${FILE_DATABASE}`);
    this.#inFile = true;
  }

  /** How far the statement that runs is, 0–1, as DuckDB estimates it; 0 where it cannot tell. */
  get progress(): number {
    return Math.min(Math.max(this.#connection.progress.percentage / 100, 0), 1);
  }

  /** Runs a statement and gives the number of rows it changed. Errors are DuckDB's own. */
  async run(sql: string): Promise<number> {
    const result = await this.#connection.run(sql);
    return result.rowsChanged;
  }

  /** Runs a query and gives its rows. Errors are DuckDB's own. */
  async query(sql: string): Promise<SqlRow[]> {
    const reader = await this.#connection.runAndReadAll(sql);
    const names = reader.columnNames();
    const columns = reader.getColumns();
    // Written out because it is the inner loop of every oracle: Object.fromEntries takes four times as long.
    const rows: Record<string, SqlValue>[] = [];
    for (let index = 0; index < reader.currentRowCount; index++) {
      const row: Record<string, SqlValue> = {};
      for (let column = 0; column < names.length; column++) {
        row[names[column] as string] = toSqlValue(columns[column]?.[index]);
      }
      rows.push(row);
    }
    return rows;
  }

  /** Stops the statement that is running, which then fails. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  /** Closes this connection only. */
  disconnect(): void {
    this.#connection.closeSync();
  }

  /** Closes this connection and the database. */
  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** A text as an SQL literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The path of one existing file as an SQL literal: the characters of patterns stand for themselves. */
export function quotePath(path: string): string {
  return quoteText(path.replace(/[[*?]/g, (character) => `[${character}]`));
}

function toSqlValue(value: unknown): SqlValue {
  return typeof value === 'bigint' ? Number(value) : (value as SqlValue);
}
