/** The books of a run: for every table, what became of the rows that went in. */
import { LANDING_TABLES, TABLES, ZONE_TABLES } from './core/catalog.ts';
import type { LandingTableName, Policy, TableName, ZoneTableName } from './core/catalog.ts';
import type { Engine } from './engine/duckdb.ts';
import { countRepeatedRows } from './engine/repeated-rows.ts';
import { loadSqlText } from './engine/sql-text.ts';

/** Why a row that went into a table did not come out of it, in the order of reports. */
export const FILTER_RULES = {
  'superseded-version': 'a later version of the customer rules',
  'unknown-customer':
    'no customer of the feed has the e-mail of the person; in classic step_trainer_trusted, the serial number of the trainer',
  'no-research-consent': 'the customer does not share data for research',
  'shared-email-without-consent': 'the customer consents, but not everybody with the same e-mail',
  'before-consent': 'measured before the consent began to count',
  'no-phone-samples': 'the customer has no phone samples in accelerometer_trusted',
  unattributed: 'of a session of a trainer with which nobody’s phone moved',
  ambiguous: 'of a session of a trainer that several people may have walked',
  'beside-the-phone':
    'of a session that is attributed, but at a moment that the phone of nobody, or of several, covers',
  'no-phone-sample-at-that-moment': 'no trusted phone sample has the same timestamp',
  'no-phone-sample-within-tolerance': 'no trusted phone sample is near enough in time',
} as const;

/** The name of a rule. */
export type FilterRule = keyof typeof FILTER_RULES;

/** The books of one table. They balance when `in` = `out` + all of `filtered` + `quarantined` + `duplicates`. */
export interface TableAccounting {
  /** Landing tables: lines that landed. Others: rows of the table that it is made from, and those that the join repeats. */
  readonly in: number;
  /** Rows that the table holds. */
  readonly out: number;
  /** Rows that were left out, by the first rule that applies; rules that left out nothing are not named. */
  readonly filtered: Readonly<Partial<Record<FilterRule, number>>>;
  /** Lines that cannot be read; 0 for all but landing tables. */
  readonly quarantined: number;
  /** Rows that say the same as another row, and lines of landing objects that landed under two names: they count once. */
  readonly duplicates: number;
  /** For information: how many of `in` a join made of rows that were there already, as one row met several partners. */
  readonly repeated: number;
}

/** The books of a run, all eight tables. */
export type Accounting = Readonly<Record<TableName, TableAccounting>>;

/** What loading the landing zone counted: `lines` = `rows` + `quarantined` + `duplicates`. */
export type LandingLines = Readonly<
  Record<
    LandingTableName,
    {
      readonly lines: number;
      readonly rows: number;
      readonly quarantined: number;
      readonly duplicates: number;
    }
  >
>;

/** How many rows are not accounted for: 0 when the books balance, less than 0 when more came out than went in. */
export function imbalanceOf(table: TableAccounting): number {
  const filtered = Object.values(table.filtered).reduce((sum, rows) => sum + rows, 0);
  return table.in - table.out - filtered - table.quarantined - table.duplicates;
}

/** The table whose rows go into each zone table, under either policy. */
const SOURCES: Readonly<Record<ZoneTableName, TableName>> = {
  customer_trusted: 'customer_landing',
  accelerometer_trusted: 'accelerometer_landing',
  customer_curated: 'customer_trusted',
  step_trainer_trusted: 'step_trainer_landing',
  machine_learning_curated: 'step_trainer_trusted',
};

/** Samples that strict rules keep, those that say the same among them. */
const KEPT_SAMPLES = `(
  SELECT a.user, a.timeStamp, a.x, a.y, a.z
  FROM accelerometer_landing a
  INNER JOIN person_consent p ON p.person = LOWER(a.user)
  WHERE a.timeStamp >= p.consent_from
)`;

/** Where rows that say the same as another are looked for, for tables that are too big to compare their texts. */
const REPEATING: Readonly<Partial<Record<ZoneTableName, string>>> = {
  accelerometer_trusted: KEPT_SAMPLES,
  step_trainer_trusted: 'step_trainer_landing',
};

/**
 * Draws up the books of a run, from all tables and models that it made in the engine. What was left out is counted from
 * what went in, and not as what is missing from the table, so that the books of a wrong table do not balance. Whether they
 * do is for the audit to say. Errors are the engine's own.
 */
export async function accountFor(
  engine: Engine,
  policy: Policy,
  landing: LandingLines,
): Promise<Accounting> {
  const books: Partial<Record<TableName, TableAccounting>> = {};
  for (const table of LANDING_TABLES) {
    const { lines, rows, quarantined, duplicates } = landing[table];
    books[table] = { in: lines, out: rows, filtered: {}, quarantined, duplicates, repeated: 0 };
  }
  for (const table of ZONE_TABLES) books[table] = await accountForZone(engine, policy, table);
  return books as Accounting;
}

async function accountForZone(
  engine: Engine,
  policy: Policy,
  table: ZoneTableName,
): Promise<TableAccounting> {
  const fates = await engine.query(await loadSqlText(`accounting/${policy}/${table}`));
  const rowsOf = new Map(fates.map((row) => [String(row['rule']), Number(row['row_count'])]));
  const take = (fate: string): number => {
    const rows = rowsOf.get(fate) ?? 0;
    rowsOf.delete(fate);
    return rows;
  };
  const repeated = take('repeated');
  const duplicates =
    take('duplicates') + (policy === 'strict' ? await countRepeated(engine, table) : 0);
  const filtered = (Object.keys(FILTER_RULES) as FilterRule[]).flatMap((rule) => {
    const rows = take(rule);
    return rows === 0 ? [] : [[rule, rows] as const];
  });
  return {
    in: (await countRows(engine, SOURCES[table])) + repeated,
    out: await countRows(engine, table),
    filtered: Object.fromEntries(filtered),
    quarantined: 0,
    duplicates,
    repeated,
  };
}

/** Rows that say the same as another, where strict models take them for one and no text of SQL counts them. */
async function countRepeated(engine: Engine, table: ZoneTableName): Promise<number> {
  const relation = REPEATING[table];
  if (relation === undefined) return 0;
  const columns = TABLES[SOURCES[table]].columns.map(({ name }) => name);
  return countRepeatedRows(engine, relation, columns);
}

async function countRows(engine: Engine, table: TableName): Promise<number> {
  const [row] = await engine.query(`SELECT COUNT(*) AS row_count FROM ${table}`);
  return Number(row?.['row_count'] ?? 0);
}
