import type { Evidence } from '../evidence/evidence.ts';
import type { OracleId, ORACLE_UNITS } from './ids.ts';
import type { Offender } from './offender.ts';

/** What an oracle found. `chances` is how often it could have failed: with none, it proves nothing. */
export interface Measurement {
  readonly measured: number;
  readonly chances: number;
  /** The first of what it complains about, in the order of the world; none when all is well. */
  readonly offenders: readonly Offender[];
  /** One sentence with the numbers in it, for people. */
  readonly sentence: string;
}

/** One question about a run. It computes its answer from the world, never by running SQL again. */
export type Oracle = { readonly [Id in OracleId]: OracleOf<Id> }[OracleId];

/** The oracle of an id, in the unit of that id. */
interface OracleOf<Id extends OracleId> {
  readonly id: Id;
  readonly title: string;
  readonly unit: (typeof ORACLE_UNITS)[Id];
  readonly measure: (evidence: Evidence) => Measurement;
}

/** A count with separators between thousands, such as 43,681. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A count with its noun in the right number, such as `1 scenario`. The plural is the singular with an `s`. */
export function formatPlural(count: number, singular: string): string {
  return `${formatCount(count)} ${wordFor(count, singular, `${singular}s`)}`;
}

/** The form of a word that goes with a count: of a noun or of the verb after it. */
export function wordFor(count: number, ofOne: string, ofSeveral: string): string {
  return count === 1 ? ofOne : ofSeveral;
}
