/** The output folder: results are written aside in it, and moved into place only when all of them are there. */
import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ZONE_TABLES } from '../core/catalog.ts';
import type { TableName } from '../core/catalog.ts';
import { LANDING_TABLES } from '../core/catalog.ts';
import { QUARANTINE_FILE } from '../landing/quarantine.ts';
import { makeFolders } from '../make-folders.ts';
import { PipelineError } from '../pipeline-error.ts';

const QUARANTINE = 'quarantine';
/** What a run leaves in its output folder: each name, and the files and folders that it may hold. */
const PUBLISHED: readonly { readonly name: string; readonly holds: readonly string[] }[] = [
  ...ZONE_TABLES.map((table) => ({ name: table, holds: [`${table}.parquet`] })),
  { name: QUARANTINE, holds: LANDING_TABLES },
  ...LANDING_TABLES.map((table) => ({ name: `${QUARANTINE}/${table}`, holds: [QUARANTINE_FILE] })),
];
const PUBLISHED_FOLDERS = [...ZONE_TABLES, QUARANTINE];

/** The path of a published zone table. */
export function zonePath(out: string, table: TableName): string {
  return join(out, table, `${table}.parquet`);
}

/** A folder of our own inside the output folder. The caller disposes of it, whatever happened. */
export class Workspace {
  readonly #out: string;
  readonly #folder: string;
  readonly #madeOut: boolean;

  private constructor(out: string, folder: string, madeOut: boolean) {
    this.#out = out;
    this.#folder = folder;
    this.#madeOut = madeOut;
  }

  /** Makes sure that results can be put into `out`. @throws PipelineError OUTPUT_UNWRITABLE, OUTPUT_NOT_OURS */
  static async open(out: string): Promise<Workspace> {
    for (const { name, holds } of PUBLISHED) await refuseForeignFiles(join(out, name), holds);
    try {
      const madeOut = makeFolders(out).length > 0;
      const folder = await mkdtemp(join(out, '.tmp-'));
      for (const part of [...ZONE_TABLES, 'clean', 'spill']) await mkdir(join(folder, part));
      return new Workspace(out, folder, madeOut);
    } catch (cause) {
      throw unwritable(out, cause);
    }
  }

  /** Where a zone table is written before it is published. */
  tablePath(table: TableName): string {
    return zonePath(this.#folder, table);
  }

  /** Where the quarantine is written before it is published. */
  get quarantineFolder(): string {
    return join(this.#folder, QUARANTINE);
  }

  /** A folder for files that are not published: downloads, clean copies, what the engine spills. */
  scratch(name: 'landing' | 'clean' | 'spill'): string {
    return join(this.#folder, name);
  }

  /** Moves everything into place; when a step fails, what was there before is put back. */
  async publish(): Promise<void> {
    const undo: (() => Promise<void>)[] = [];
    const move = async (from: string, to: string): Promise<void> => {
      if (!(await exists(from))) return;
      await rename(from, to);
      undo.unshift(() => rename(to, from));
    };
    try {
      await mkdir(join(this.#folder, 'replaced'));
      for (const name of PUBLISHED_FOLDERS) {
        await move(join(this.#out, name), join(this.#folder, 'replaced', name));
        await move(join(this.#folder, name), join(this.#out, name));
      }
    } catch (cause) {
      for (const step of undo) await step();
      throw unwritable(this.#out, cause);
    }
  }

  /** Removes what is not published, and the output folder too when it was made for nothing. */
  async dispose(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    if (this.#madeOut && (await readdir(this.#out)).length === 0) await rmdir(this.#out);
  }
}

/** The failure to write into an output folder. */
export function unwritable(out: string, cause: unknown): PipelineError {
  return new PipelineError(
    'OUTPUT_UNWRITABLE',
    `Results cannot be written to ${out}. Give a folder that may be written to, on a disk with room.`,
    { cause },
  );
}

async function refuseForeignFiles(folder: string, holds: readonly string[]): Promise<void> {
  if (!(await exists(folder))) return;
  const names = await readdir(folder).catch(() => [folder]);
  const foreign = names.find((name) => !holds.includes(name));
  if (foreign === undefined) return;
  throw new PipelineError(
    'OUTPUT_NOT_OURS',
    `${folder} would be replaced, but it holds ${foreign}, which no run of the pipeline wrote. Give another output folder, or move that away.`,
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw unwritable(path, error);
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
