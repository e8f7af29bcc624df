/** Loads the objects of one landing table into the engine. */
import { join } from 'node:path';
import { TABLES } from '../core/catalog.ts';
import type { Column, LandingTableName } from '../core/catalog.ts';
import { quotePath } from '../engine/duckdb.ts';
import { PipelineError } from '../pipeline-error.ts';
import { inspectObject } from './inspect-object.ts';
import type { LandingObject } from './landing-object.ts';
import type { Compression } from './object-bytes.ts';
import type { Quarantine } from './quarantine.ts';
import { scanObject, setObjectAside } from './scan-object.ts';

/** What loading a table needs of the engine: to run a statement and tell how many rows it changed. */
export interface StatementRunner {
  run(sql: string): Promise<number>;
}

/** What loading a table needs. */
export interface TableLoad {
  readonly engine: StatementRunner;
  readonly table: LandingTableName;
  readonly objects: readonly LandingObject[];
  readonly quarantine: Quarantine;
  /** Folder for the clean copies of objects that are not plain. */
  readonly cleanFolder: string;
  readonly signal: AbortSignal | undefined;
}

/** A file that the engine reads: packed how, its keys spelled how, with how many records. */
interface PlainFile {
  readonly object: LandingObject;
  /** Where the engine finds it: the object itself, or a clean copy of its good records. */
  readonly path: string;
  readonly index: number;
  readonly compression: Compression;
  readonly spellings: Readonly<Record<string, string>>;
  readonly records: number;
}

/** Files are handed to the engine in batches of this size. */
const BATCH_FILES_MAX = 500;
/** A little more than the longest plain line: the engine's buffers grow with it. */
const ENGINE_RECORD_BYTES_MAX = 2 * 1024 * 1024;
const COMPRESSIONS = { none: 'uncompressed', gzip: 'gzip' } as const;
const SQL_TYPES = { string: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE' } as const;

/** Creates the landing table and fills it. Good files stay on the engine's own reader whatever the others hold. */
export async function loadTable(load: TableLoad): Promise<void> {
  await load.engine.run(
    `CREATE TABLE ${load.table} (${TABLES[load.table].columns.map(toDefinition).join(', ')})`,
  );
  const batches = new Map<string, PlainFile[]>();
  for (const [index, object] of load.objects.entries()) {
    const file = await prepare(load, object, index);
    if (file === undefined) continue;
    const alike = `${file.compression} ${JSON.stringify(file.spellings)}`;
    const batch = batches.get(alike) ?? [];
    batches.set(alike, batch);
    batch.push(file);
  }
  for (const batch of batches.values()) {
    for (let from = 0; from < batch.length; from += BATCH_FILES_MAX) {
      await insertFiles(load, batch.slice(from, from + BATCH_FILES_MAX));
    }
  }
}

/** A file that the engine can read: the object itself when it is plain, else a clean copy of its good records. */
async function prepare(
  load: TableLoad,
  object: LandingObject,
  index: number,
): Promise<PlainFile | undefined> {
  if (object.kind === 'foreign') {
    await setObjectAside(load.quarantine, object, 'not a kind of file that holds landing records');
    return undefined;
  }
  const inspection = await inspectObject(object, load.signal);
  const { compression } = inspection;
  if (inspection.kind === 'plain') {
    const { shape, lines } = inspection;
    const { path } = object;
    return { object, path, index, compression, spellings: shape.spellings, records: lines };
  }
  if (inspection.damage === 'corrupt') {
    await setObjectAside(load.quarantine, object, 'the compressed data is damaged');
    return undefined;
  }
  return makeCleanCopy(load, { object, index, compression });
}

async function makeCleanCopy(
  { table, cleanFolder, quarantine, signal }: TableLoad,
  { object, index, compression }: Pick<PlainFile, 'object' | 'index' | 'compression'>,
): Promise<PlainFile> {
  const path = join(cleanFolder, `${table}-${index}.ndjson`);
  const target = { compression, cleanPath: path, quarantine, signal };
  const records = await scanObject(object, target);
  return { object, path, index, compression: 'none', spellings: {}, records };
}

/** Inserts files that are packed and spelled alike, and makes sure that every record arrived. */
async function insertFiles(load: TableLoad, files: readonly PlainFile[]): Promise<void> {
  const { engine, signal } = load;
  const expected = files.reduce((sum, { records }) => sum + records, 0);
  if (expected === 0) return;
  signal?.throwIfAborted();
  await engine.run('BEGIN');
  let failure: unknown;
  try {
    const inserted = await engine.run(toInsert(load.table, files));
    if (inserted === expected) {
      await engine.run('COMMIT');
      return;
    }
  } catch (error) {
    failure = error;
  }
  await engine.run('ROLLBACK');
  signal?.throwIfAborted();
  for (const file of files) {
    if (files.length > 1) await insertFiles(load, [file]);
    // A clean copy is certainly readable: when that fails too, it is the engine's own failure.
    else if (file.path !== file.object.path) throw failure ?? unloadable(file);
    else await insertFiles(load, [await makeCleanCopy(load, file)]);
  }
}

function unloadable({ object }: PlainFile): PipelineError {
  return new PipelineError(
    'LANDING_UNREADABLE',
    `DuckDB did not read what was found in ${object.name}. Make sure that nothing writes to the landing zone while the pipeline runs.`,
  );
}

function toInsert(table: LandingTableName, files: readonly PlainFile[]): string {
  const { columns } = TABLES[table];
  const spelled = (column: Column): string =>
    `"${files[0]?.spellings[column.name] ?? column.name}"`;
  const values = columns.map((column) =>
    // Adding zero turns −0 into 0, as the record reader does.
    column.type === 'number' ? `${spelled(column)} + 0.0` : spelled(column),
  );
  const types = columns.map((column) => `${spelled(column)}: '${SQL_TYPES[column.type]}'`);
  return `INSERT INTO ${table} SELECT ${values.join(', ')} FROM read_json(
    [${files.map(({ path }) => quotePath(path)).join(', ')}],
    format = 'newline_delimited', compression = '${COMPRESSIONS[files[0]?.compression ?? 'none']}',
    maximum_object_size = ${ENGINE_RECORD_BYTES_MAX}, columns = {${types.join(', ')}})`;
}

function toDefinition({ name, type }: Column): string {
  return `"${name}" ${SQL_TYPES[type]}`;
}
