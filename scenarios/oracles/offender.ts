/** What an oracle holds against a run: single rows, lines or readings, each beside what really happened. */

/** How many offenders a result names at most. */
export const OFFENDERS_MAX = 20;

/** One row, line or reading that an oracle complains about. */
export interface Offender {
  /** The table that it stands in, or that it is missing from. */
  readonly table: string;
  /** The row as it is or should be; personal values are replaced by words, as in `e-mail of person 7`. */
  readonly row: Readonly<Record<string, unknown>>;
  /** What really happened, in one sentence without personal data: people are "person 7". */
  readonly truth: string;
  /** Ids of the readings behind it in the ledger. */
  readonly readings: readonly number[];
}
