/** Where the rows of landing objects go: a table of the engine. */
import { TABLES } from '../core/catalog.ts';
import type { Column, LandingTableName } from '../core/catalog.ts';
import { quoteText } from '../engine/duckdb.ts';
import type { SqlRow } from '../engine/duckdb.ts';

/** What loading needs of the engine. */
export interface StatementRunner {
  /** Runs a statement and tells how many rows it changed. */
  run(sql: string): Promise<number>;
  query(sql: string): Promise<SqlRow[]>;
}

/** A file that the engine reads, with the number that the rows of its object carry. */
export interface NumberedFile {
  readonly path: string;
  readonly number: number;
}

/** The column that tells which object a row came from; it is there only while a table is cached. */
export const OBJECT_COLUMN = 'landing_object';

const SQL_TYPES = { string: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE' } as const;

/** The type of a column in the engine. */
export function sqlTypeOf({ type }: Column): string {
  return SQL_TYPES[type];
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** One landing table that is being filled. */
export class LandingSink {
  readonly table: LandingTableName;
  readonly engine: StatementRunner;
  readonly #isNumbered: boolean;

  /** With `isNumbered`, each row carries the number of its object. */
  constructor(engine: StatementRunner, table: LandingTableName, isNumbered: boolean) {
    this.engine = engine;
    this.table = table;
    this.#isNumbered = isNumbered;
  }

  /** Creates the table. */
  async create(): Promise<void> {
    const columns = TABLES[this.table].columns.map(
      (column) => `${quoteName(column.name)} ${sqlTypeOf(column)}`,
    );
    if (this.#isNumbered) columns.push(`${OBJECT_COLUMN} INTEGER`);
    await this.engine.run(`CREATE TABLE ${this.table} (${columns.join(', ')})`);
  }

  /** Inserts the rows of files, given how they are read and what stands for each column; gives the number of rows. */
  insert(
    files: readonly NumberedFile[],
    { reader, values, where }: { reader: string; values: readonly string[]; where?: string },
  ): Promise<number> {
    const number = this.#isNumbered ? [`${OBJECT_COLUMN}_of.number`] : [];
    const numbers = files.map(({ path, number }) => `(${quoteText(path)}, ${number})`);
    const join = this.#isNumbered
      ? ` JOIN (VALUES ${numbers.join(', ')}) AS ${OBJECT_COLUMN}_of(path, number) ON filename = path`
      : '';
    return this.engine.run(
      `INSERT INTO ${this.table} SELECT ${[...values, ...number].join(', ')} FROM ${reader}${join}${where === undefined ? '' : ` WHERE ${where}`}`,
    );
  }

  /** Inserts the rows of a file that has the columns of the table, with the numbers of objects where the table has them. */
  insertWhole(reader: string): Promise<number> {
    const names = TABLES[this.table].columns.map(({ name }) => quoteName(name));
    if (this.numberColumn !== undefined) names.push(this.numberColumn);
    return this.engine.run(`INSERT INTO ${this.table} SELECT ${names.join(', ')} FROM ${reader}`);
  }

  /** The column for the numbers of objects; undefined while the table has none. */
  get numberColumn(): string | undefined {
    return this.#isNumbered ? OBJECT_COLUMN : undefined;
  }

  /** The option of a reader that tells which file a row came from, where that is asked for. */
  get filenameOption(): string {
    return this.#isNumbered ? ', filename = true' : '';
  }

  /** Does something that may fail in the middle; then nothing of it stays. Gives what `work` gives. */
  async inTransaction<T>(
    work: () => Promise<{ readonly keep: boolean; readonly value: T }>,
  ): Promise<T> {
    await this.engine.run('BEGIN');
    let isKept = false;
    try {
      const { keep, value } = await work();
      isKept = keep;
      return value;
    } finally {
      await this.engine.run(isKept ? 'COMMIT' : 'ROLLBACK');
    }
  }
}
