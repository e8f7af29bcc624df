/** Loads a whole landing zone into the engine. */
import { join } from 'node:path';
import { LANDING_TABLES } from '../core/catalog.ts';
import type { LandingTableName } from '../core/catalog.ts';
import type { Engine } from '../engine/duckdb.ts';
import { makeFolders } from '../make-folders.ts';
import type { Place } from '../storage/place.ts';
import { findFolderObjects } from './folder-objects.ts';
import type { LandingObject } from './landing-object.ts';
import type { LandingProgress, LandingState, PreviousLanding, StateFile } from './landing-state.ts';
import { loadTable } from './load-table.ts';
import { Quarantine } from './quarantine.ts';
import type { QuarantineEntry } from './quarantine.ts';
import { downloadS3Objects } from './s3-objects.ts';

/** What a landing zone is loaded from, and with what. */
export interface LandingLoad {
  readonly engine: Engine;
  readonly place: Place;
  /** What the last run committed, if it committed anything. */
  readonly previous: PreviousLanding | undefined;
  /** Folder for downloads and unpacked objects; it is made when it is missing, and may be removed afterwards. */
  readonly scratch: string;
  /** Folder that the quarantine of each table is written to, as `<table>/quarantine.ndjson`. */
  readonly quarantineFolder: string;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: LandingProgress) => void) | undefined;
}

/** The books of one landing table: `lines` = `rows` + `quarantined` + `duplicates`. */
export interface LandingCounts {
  /** Objects that hold something: `reread` + `reused`. */
  readonly objects: number;
  /** Objects that were read in this run. */
  readonly reread: number;
  /** Objects whose rows came from the cache. */
  readonly reused: number;
  /** Records and unreadable pieces that landed. */
  readonly lines: number;
  /** Rows of the table in the engine. */
  readonly rows: number;
  readonly quarantined: number;
  /** Lines of objects whose bytes are those of another object of the table. */
  readonly duplicates: number;
}

/** A landing zone in the engine: three tables, and what is to be known about them. */
export interface LoadedLanding {
  readonly tables: Readonly<Record<LandingTableName, LandingCounts>>;
  /** The first 1,000 unreadable pieces of each table. */
  readonly entries: readonly QuarantineEntry[];
  /** To be committed with the output, together with `stateFiles`, and given to the next run. */
  readonly state: LandingState;
  readonly stateFiles: readonly StateFile[];
}

/**
 * Creates the three landing tables in the engine and fills them with what landed.
 * @throws PipelineError LANDING_NOT_FOUND, LANDING_UNREADABLE, LANDING_CHANGED, STORAGE_UNREACHABLE, STORAGE_REFUSED;
 * errors of the engine are passed on, and so is the reason of the signal.
 */
export async function loadLanding(load: LandingLoad): Promise<LoadedLanding> {
  makeFolders(load.scratch);
  const objects = await findObjects(load);
  // All of them end before the first failure is passed on: nothing may still write when the scratch folder is removed.
  const outcomes = await Promise.allSettled(
    LANDING_TABLES.map((table) => loadOne(load, table, objects)),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const loaded = outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' ? [outcome.value] : [],
  );
  return {
    tables: Object.fromEntries(loaded.map(({ table, counts }) => [table, counts])) as Record<
      LandingTableName,
      LandingCounts
    >,
    entries: loaded.flatMap(({ entries }) => entries),
    state: { version: 1 },
    stateFiles: [],
  };
}

function findObjects({ place, scratch, signal }: LandingLoad): Promise<LandingObject[]> {
  return place.kind === 'folder'
    ? findFolderObjects(place.path)
    : downloadS3Objects(place, join(scratch, 'landing'), signal);
}

async function loadOne(
  { engine, scratch, quarantineFolder, signal }: LandingLoad,
  table: LandingTableName,
  all: readonly LandingObject[],
): Promise<{
  table: LandingTableName;
  counts: LandingCounts;
  entries: readonly QuarantineEntry[];
}> {
  const quarantine = new Quarantine(quarantineFolder, table);
  const connection = await engine.connect();
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    const cleanFolder = join(scratch, 'clean');
    makeFolders(cleanFolder);
    const objects = all.filter((object) => object.table === table);
    await loadTable({ engine: connection, table, objects, quarantine, cleanFolder, signal });
    const [count] = await connection.query(`SELECT COUNT(*) AS row_count FROM ${table}`);
    const rows = Number(count?.['row_count'] ?? 0);
    const quarantined = quarantine.count;
    const counts: LandingCounts = {
      objects: objects.length,
      reread: objects.length,
      reused: 0,
      lines: rows + quarantined,
      rows,
      quarantined,
      duplicates: 0,
    };
    return { table, counts, entries: quarantine.entries };
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await quarantine.close();
    connection.disconnect();
  }
}
