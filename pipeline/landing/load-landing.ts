/** Loads a whole landing zone into the engine. */
import { join } from 'node:path';
import { LANDING_TABLES } from '../core/catalog.ts';
import type { LandingTableName } from '../core/catalog.ts';
import type { Engine } from '../engine/duckdb.ts';
import { makeFolders } from '../make-folders.ts';
import type { Place } from '../storage/place.ts';
import { folderSource } from './folder-source.ts';
import { fetchCached, LandingCache } from './landing-cache.ts';
import type { LandingObject, LandingSource } from './landing-object.ts';
import { LandingSink } from './landing-sink.ts';
import { knownTables, READER } from './landing-state.ts';
import type {
  KnownTable,
  LandingProgress,
  LandingState,
  PreviousLanding,
  StateFile,
} from './landing-state.ts';
import { loadTable } from './load-table.ts';
import { findMissingTables } from './missing-tables.ts';
import type { MissingTable } from './missing-tables.ts';
import type { ObjectAccount } from './object-batch.ts';
import { Quarantine } from './quarantine.ts';
import type { QuarantineEntry } from './quarantine.ts';
import { s3Source } from './s3-source.ts';

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
  /** Is told what was listed before anything is read, and may refuse it by failing. */
  readonly onFound?: ((objects: readonly LandingObject[]) => Promise<void>) | undefined;
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

/** Objects of a landing table that are in quarantine as a whole: `quarantined` counts 1 for each. */
export interface SetAside {
  readonly objects: number;
  /** As they are stored. */
  readonly bytes: number;
}

/** A landing zone in the engine: three tables, and what is to be known about them. */
export interface LoadedLanding {
  readonly tables: Readonly<Record<LandingTableName, LandingCounts>>;
  readonly setAside: Readonly<Record<LandingTableName, SetAside>>;
  /** The first 1,000 unreadable pieces of each table. */
  readonly entries: readonly QuarantineEntry[];
  /** The tables of which nothing landed. */
  readonly missing: readonly MissingTable[];
  /** To be committed with the output, together with `stateFiles`, and given to the next run. */
  readonly state: LandingState;
  readonly stateFiles: readonly StateFile[];
}

/**
 * Creates the three landing tables in the engine and fills them with what landed.
 * @throws PipelineError LANDING_NOT_FOUND, LANDING_UNREADABLE, LANDING_CHANGED, STORAGE_UNREACHABLE, STORAGE_REFUSED,
 * DISK_FULL, OUTPUT_UNWRITABLE; errors of the engine are passed on, and so is the reason of the signal.
 */
export async function loadLanding(load: LandingLoad): Promise<LoadedLanding> {
  makeFolders(load.scratch);
  const source = openSource(load);
  try {
    const objects = await source.list();
    await load.onFound?.(objects);
    const missing = await findMissingTables(objects, () => source.folders());
    const tell = progressOf(objects, load.onProgress);
    const known = knownTables(load.previous, source.cachedAs);
    // All of them end before the first failure is passed on: nothing may still write when the scratch folder is removed.
    const outcomes = await Promise.allSettled(
      LANDING_TABLES.map((table) =>
        loadOne(load, {
          table,
          source,
          objects: objects.filter((object) => object.table === table),
          known: known?.[table],
          onObject: tell,
        }),
      ),
    );
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const loaded = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    return { ...summarise(source, loaded), missing };
  } finally {
    source.close();
  }
}

function openSource({ place, scratch, signal }: LandingLoad): LandingSource {
  return place.kind === 'folder'
    ? folderSource(place.path, signal)
    : s3Source(place, join(scratch, 'objects'), signal);
}

function progressOf(
  objects: readonly LandingObject[],
  onProgress: LandingLoad['onProgress'],
): (object: LandingObject) => void {
  const bytesTotal = objects.reduce((sum, { bytes }) => sum + bytes, 0);
  let objectsDone = 0;
  let bytesDone = 0;
  return ({ bytes }) => {
    objectsDone++;
    bytesDone += bytes;
    onProgress?.({ objectsDone, objectsTotal: objects.length, bytesDone, bytesTotal });
  };
}

interface TableTask {
  readonly table: LandingTableName;
  readonly source: LandingSource;
  readonly objects: readonly LandingObject[];
  readonly known: KnownTable | undefined;
  readonly onObject: (object: LandingObject) => void;
}

interface LoadedTable {
  readonly table: LandingTableName;
  readonly counts: LandingCounts;
  readonly setAside: SetAside;
  readonly entries: readonly QuarantineEntry[];
  readonly kept: { readonly known: KnownTable; readonly files: readonly StateFile[] } | undefined;
}

/** Loads one table on a connection of its own, so that the engine can read one while another is looked through. */
async function loadOne(load: LandingLoad, task: TableTask): Promise<LoadedTable> {
  const { scratch, signal } = load;
  signal?.throwIfAborted();
  const quarantine = new Quarantine(load.quarantineFolder, task.table);
  const connection = await load.engine.connect();
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    const isCached = task.source.cachedAs !== undefined;
    const sink = new LandingSink(connection, task.table, isCached);
    const cached = await fetchCached(task.known, load.previous, signal);
    const cache = new LandingCache({ sink, cached, scratch });
    await sink.create();
    const accounts = await loadTable({
      ...task,
      sink,
      known: cache.unchanged(task.objects),
      nextNumber: cache.nextNumber,
      quarantine,
      scratch,
      signal,
    });
    if (isCached) await cache.restore(accounts, quarantine);
    await quarantine.close();
    const kept = isCached ? await cache.keep(accounts, quarantine.path) : undefined;
    if (isCached) await cache.forgetNumbers();
    const setAside = countSetAside(accounts);
    const counts = count(accounts);
    return { table: task.table, counts, setAside, entries: quarantine.entries, kept };
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await quarantine.close();
    connection.disconnect();
  }
}

function count(accounts: readonly ObjectAccount[]): LandingCounts {
  const sum = (of: (account: ObjectAccount) => number): number =>
    accounts.reduce((total, account) => total + of(account), 0);
  const rows = sum((account) => account.rows);
  const quarantined = sum((account) => account.quarantined);
  const duplicates = sum(({ original }) => (original ? original.rows + original.quarantined : 0));
  const reread = sum(({ isReread }) => Number(isReread));
  return {
    objects: accounts.length,
    reread,
    reused: accounts.length - reread,
    lines: rows + quarantined + duplicates,
    rows,
    quarantined,
    duplicates,
  };
}

function countSetAside(accounts: readonly ObjectAccount[]): SetAside {
  const aside = accounts.filter(
    ({ isSetAside, original }) => isSetAside === true && original === undefined,
  );
  return { objects: aside.length, bytes: aside.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function summarise(
  source: LandingSource,
  loaded: readonly LoadedTable[],
): Omit<LoadedLanding, 'missing'> {
  const byTable = <T>(of: (table: LoadedTable) => T): Record<LandingTableName, T> =>
    Object.fromEntries(loaded.map((table) => [table.table, of(table)])) as Record<
      LandingTableName,
      T
    >;
  const known = loaded.flatMap(({ table, kept }) => (kept ? [[table, kept.known] as const] : []));
  return {
    tables: byTable(({ counts }) => counts),
    setAside: byTable(({ setAside }) => setAside),
    entries: loaded.flatMap(({ entries }) => entries),
    state: {
      version: 1,
      ...(source.cachedAs !== undefined && {
        source: source.cachedAs,
        reader: READER,
        tables: Object.fromEntries(known) as Record<LandingTableName, KnownTable>,
      }),
    },
    stateFiles: loaded.flatMap(({ kept }) => kept?.files ?? []),
  };
}
