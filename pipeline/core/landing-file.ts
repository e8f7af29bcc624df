/** Which files of a landing folder or bucket hold records, and of which table. Paths are relative, with `/`. */
import { LANDING_TABLES } from './catalog.ts';
import type { LandingTableName } from './catalog.ts';

/** `records`: read it. `foreign`: a kind of file that holds no landing records. `ignored`: a marker or a hidden file. */
export type LandingFileKind = 'records' | 'foreign' | 'ignored';

const RECORD_SUFFIX = /\.(?:(?:json|ndjson|jsonl)(?:\.gz)?|parquet)$/i;
const OBJECT_SUFFIX = /\.gz$/i;

/** The folders in which the records of a table may lie, with `/` at the end: `x_landing/` and `x/landing/`. */
export function foldersOf(table: LandingTableName): readonly string[] {
  return [`${table}/`, `${table.replace(/_landing$/, '')}/landing/`];
}

/** All folders in which landing records may lie. */
export function allLandingFolders(): readonly {
  readonly table: LandingTableName;
  readonly folder: string;
}[] {
  return LANDING_TABLES.flatMap((table) => foldersOf(table).map((folder) => ({ table, folder })));
}

/** What a file is, by its path below the table's folder. Names that begin with `.` or `_` are markers of other tools. */
export function kindOfLandingFile(path: string): LandingFileKind {
  const parts = path.split('/');
  if (parts.some((part) => /^[._]/.test(part)) || path.endsWith('/')) return 'ignored';
  const name = parts.at(-1) ?? '';
  const bare = name.replace(OBJECT_SUFFIX, '');
  return RECORD_SUFFIX.test(name) || !bare.includes('.') ? 'records' : 'foreign';
}
