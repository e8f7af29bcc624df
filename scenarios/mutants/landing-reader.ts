/** Landing zones as mutants read them: which objects they see, and what they take for their bytes. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { LANDING_TABLES } from '../../pipeline/index.ts';
import type { LandingTableName } from '../../pipeline/index.ts';
import { listFiles } from '../evidence/ndjson-files.ts';

/** An object of a landing zone. `key` is its path below the landing zone, with `/`. */
export interface LandingBytes {
  readonly key: string;
  readonly bytes: Buffer;
}

/** What is wrong with how a mutant reads. What is not here, it does like the shipped pipelines. */
export interface LandingReader {
  /**
   * Chooses among the keys of a table, which are sorted. `before` has those that it read in its last run, if there
   * was one.
   */
  readonly choose?: (
    keys: readonly string[],
    before: readonly string[] | undefined,
  ) => readonly string[];
  /** Gives what it takes for the bytes of an object, which may be the same. `others` stand in front of it in its table. */
  readonly take?: (object: LandingBytes, others: readonly LandingBytes[]) => Buffer;
}

/** A landing table as a reader takes it. */
export interface ReadTable {
  readonly table: LandingTableName;
  readonly objects: readonly LandingBytes[];
  /** Whether that is something else than what is there. */
  readonly isOther: boolean;
}

/** Reads the objects in the tables of a landing folder, in the order of their keys. */
export async function loadObjects(folder: string): Promise<LandingBytes[]> {
  const objects: LandingBytes[] = [];
  for (const path of await listFiles(folder)) {
    const key = relative(folder, path).split(sep).join('/');
    if (tableOf(key) !== undefined) objects.push({ key, bytes: await readFile(path) });
  }
  return objects;
}

/** What a reader makes of a landing zone. `before` are the keys of what it read in its last run. */
export function readAs(
  { choose, take }: LandingReader,
  objects: readonly LandingBytes[],
  before?: readonly string[],
): ReadTable[] {
  return LANDING_TABLES.map((table) => {
    const all = objects.filter(({ key }) => tableOf(key) === table);
    const keys = all.map(({ key }) => key);
    const known = before?.filter((key) => tableOf(key) === table);
    const chosen = new Set(choose === undefined ? keys : choose(keys, known));
    const read = all.map((object, place) => ({
      ...object,
      bytes: take?.(object, all.slice(0, place)) ?? object.bytes,
    }));
    const isOther = all.some(
      ({ key, bytes }, place) => !chosen.has(key) || !bytes.equals(read[place]?.bytes ?? bytes),
    );
    return { table, objects: read.filter(({ key }) => chosen.has(key)), isOther };
  });
}

/** Writes tables as a landing folder. A table without objects has a folder as well. */
export async function writeTables(folder: string, tables: readonly ReadTable[]): Promise<void> {
  for (const { table, objects } of tables) {
    await mkdir(join(folder, table), { recursive: true });
    for (const { key, bytes } of objects) {
      const path = join(folder, ...key.split('/'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
  }
}

function tableOf(key: string): LandingTableName | undefined {
  return LANDING_TABLES.find((table) => key.startsWith(`${table}/`));
}
