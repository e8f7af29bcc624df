/** What a run tells about the tables that it made. */
import { LANDING_TABLES, TABLES } from '../core/catalog.ts';
import type { LandingTableName, TableName } from '../core/catalog.ts';
import type { Engine } from '../engine/duckdb.ts';
import type { LoadedLanding, QuarantineEntry } from '../landing/index.ts';

/** The rows of each table. */
export type TableRows = Readonly<Record<TableName, { readonly rows: number }>>;

/** Device sessions: `attributed`, `ambiguous` and `unattributed` add up to `sessions`. */
export interface SessionCounts {
  readonly sessions: number;
  readonly attributed: number;
  readonly ambiguous: number;
  readonly unattributed: number;
}

/** Unreadable pieces of the landing objects: how many, and the first 1,000. */
export interface QuarantineSummary {
  /** All pieces; a whole object counts 1. */
  readonly lines: number;
  /** Those of them that are whole objects. */
  readonly objects: number;
  /** Of these objects, as they are stored. */
  readonly objectBytes: number;
  readonly entries: readonly QuarantineEntry[];
}

const QUARANTINE_ENTRIES_MAX = 1000;

/** Counts the rows of all eight tables. */
export async function countTables(engine: Engine): Promise<TableRows> {
  const names = Object.keys(TABLES) as TableName[];
  const counts = await engine.query(
    names
      .map((name) => `SELECT '${name}' AS name, COUNT(*) AS row_count FROM ${name}`)
      .join(' UNION ALL '),
  );
  const rowsOf = new Map(counts.map((row) => [row['name'], Number(row['row_count'])]));
  return Object.fromEntries(
    names.map((name) => [name, { rows: rowsOf.get(name) ?? 0 }]),
  ) as TableRows;
}

/** Counts the device sessions by what attribution found. */
export async function countSessions(engine: Engine): Promise<SessionCounts> {
  const counts = await engine.query(
    'SELECT outcome, COUNT(*) AS sessions FROM session_outcome GROUP BY outcome',
  );
  const sessionsOf = (outcome: string): number =>
    Number(counts.find((row) => row['outcome'] === outcome)?.['sessions'] ?? 0);
  const attributed = sessionsOf('attributed');
  const ambiguous = sessionsOf('ambiguous');
  const unattributed = sessionsOf('unattributed');
  return {
    sessions: attributed + ambiguous + unattributed,
    attributed,
    ambiguous,
    unattributed,
  };
}

/** What could not be read. */
export function summariseQuarantine({
  tables,
  setAside,
  entries,
}: LoadedLanding): QuarantineSummary {
  const sum = (of: (table: LandingTableName) => number): number =>
    LANDING_TABLES.reduce((total, table) => total + of(table), 0);
  return {
    lines: sum((table) => tables[table].quarantined),
    objects: sum((table) => setAside[table].objects),
    objectBytes: sum((table) => setAside[table].bytes),
    entries: entries.slice(0, QUARANTINE_ENTRIES_MAX),
  };
}
