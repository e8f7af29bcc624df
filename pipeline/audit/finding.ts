/** What the audit finds, and what a check is. */
import type { Accounting } from '../accounting.ts';
import type { Policy } from '../core/catalog.ts';
import type { Engine } from '../engine/duckdb.ts';
import type { LoadedLanding } from '../landing/load-landing.ts';
import type { MissingTable } from '../landing/missing-tables.ts';
import type { QuarantineEntry } from '../landing/quarantine.ts';

/** Something that the audit found, in how many rows, what it means and what to do about it. */
export interface AuditFinding {
  /** Public: never renamed. */
  readonly id: string;
  /** How many rows, customers, sessions or lines are concerned, as the title says. */
  readonly rows: number;
  /** One sentence with the numbers in it. */
  readonly title: string;
  /** One of them, in a sentence without personal data: times (UTC), counts, trainers and names of landing objects only. */
  readonly example: string;
  readonly why: string;
  readonly fix: string;
  /** Whether this must never be in strict zones: a strict run that finds it publishes nothing. */
  readonly breaks: boolean;
}

/** What the audit looks at besides the tables in the engine. */
export interface AuditSubject {
  readonly policy: Policy;
  readonly accounting: Accounting;
  /** The objects of which nothing can be read; none if absent. */
  readonly setAside?: LoadedLanding['setAside'] | undefined;
  /** The first unreadable pieces of the landing zone. */
  readonly quarantine: readonly QuarantineEntry[];
  /** The landing tables of which nothing landed. */
  readonly missing: readonly MissingTable[];
}

/** Looks for one kind of thing, or for several in one pass; gives what it found. */
export type Check = (engine: Engine, subject: AuditSubject) => Promise<readonly AuditFinding[]>;
