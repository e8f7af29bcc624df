/** What a run keeps of the landing zone for the next one. */
import { createHash } from 'node:crypto';
import { LANDING_TABLES, TABLES } from '../core/catalog.ts';
import type { LandingTableName } from '../core/catalog.ts';

/** An object as it was read. */
export interface KnownObject {
  readonly name: string;
  readonly tag: string;
  readonly bytes: number;
  /** Of its bytes, hexadecimal. */
  readonly sha256: string;
  /** What its rows in the parts carry; absent when its bytes are those of another object. */
  readonly number?: number;
  readonly rows: number;
  readonly quarantined: number;
  /** Whether nothing of it can be read. */
  readonly isSetAside?: true;
}

/** A Parquet file with rows of a landing table, each with the number of its object. */
export interface CachedPart {
  /** The key of the state file. */
  readonly key: string;
  readonly rows: number;
}

/** What is known of one landing table. */
export interface KnownTable {
  readonly objects: readonly KnownObject[];
  readonly parts: readonly CachedPart[];
  /** No object has this number or a higher one yet. */
  readonly nextNumber: number;
  /** The key of the state file with the quarantine; absent when that is empty. */
  readonly quarantine?: string;
}

/** To be committed with the output: anything in it is JSON. */
export interface LandingState {
  readonly version: 1;
  /** Where the landing zone lies whose objects are cached; absent when nothing is. */
  readonly source?: string;
  /** What read them: see {@link READER}. */
  readonly reader?: string;
  readonly tables?: Readonly<Record<LandingTableName, KnownTable>>;
}

/** A file that is committed with the output. */
export interface StateFile {
  /** Its name among such files, with `/`. */
  readonly key: string;
  /** The local file; without it, the file that the last run committed under this key stays. */
  readonly path?: string | undefined;
}

/** What the last run committed. */
export interface PreviousLanding {
  /** The {@link LandingState} of that run; whatever else it is counts for nothing. */
  readonly state: unknown;
  /** A local copy of a state file, which may not be changed; undefined when it is gone or damaged. */
  fetch(key: string, signal?: AbortSignal): Promise<string | undefined>;
}

/** How far loading is. */
export interface LandingProgress {
  readonly objectsDone: number;
  readonly objectsTotal: number;
  /** Bytes as they are stored. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** To be raised when the same bytes give other rows, another quarantine or other books than before. */
const READER_VERSION = 2;

/** What turns objects into rows: the version of the readers, and a hash of the columns of the landing tables. */
export const READER: string = `${READER_VERSION}-${createHash('sha256')
  .update(JSON.stringify(LANDING_TABLES.map((table) => TABLES[table].columns)))
  .digest('hex')
  .slice(0, 12)}`;

/** What the last run knew of the objects of this source, if it is of any use. */
export function knownTables(
  previous: PreviousLanding | undefined,
  source: string | undefined,
): LandingState['tables'] {
  const state = previous?.state as Partial<LandingState> | null | undefined;
  if (source === undefined || state?.version !== 1) return undefined;
  return state.source === source && state.reader === READER ? state.tables : undefined;
}
