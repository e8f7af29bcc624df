/** What a mutant is: a pipeline that is wrong on purpose in one place. */
import type { Policy, ZoneTableName } from '../../pipeline/index.ts';
import type { LandingReader } from './landing-reader.ts';

/**
 * Another text for a part of a model, or for all of it. `find` has to be there, once: an edit that does not fit the model
 * any more is an error, and never a mutant that changes nothing.
 */
export type ModelEdit =
  | { readonly model: string; readonly find: string; readonly replace: string }
  | { readonly model: string; readonly sql: string };

/** One mutant. */
export interface Mutant {
  /** `M` and a number of two digits. Ids are never used again. */
  readonly id: string;
  /** What it does wrong, as a sentence. */
  readonly title: string;
  /** The shipped pipeline that it was made from, to whose expectations it is held. */
  readonly base: Policy;
  /** The first table that is wrong, and the rule that it breaks. */
  readonly breaks: { readonly table: ZoneTableName; readonly rule: string };
  readonly edits: readonly ModelEdit[];
  /** What it takes for the landing zone; without it, it reads as the shipped pipelines do. */
  readonly reads?: LandingReader;
  /** Whether rows that it published before stay when it runs again. */
  readonly appends?: true;
  /** Whether it makes so many rows that it is tried on small worlds only. */
  readonly explodes?: true;
}

/** A mutant without the id of its base. */
export type MutantOf = Omit<Mutant, 'base'>;

/** Mutants that were made from one pipeline. */
export function mutantsOf(base: Policy, mutants: readonly MutantOf[]): Mutant[] {
  return mutants.map((mutant) => ({ ...mutant, base }));
}

/** An edit of a part of a model. */
export function edit(model: string, find: string, replace: string): ModelEdit {
  return { model, find, replace };
}

/** An edit of a whole model. */
export function rewrite(model: string, sql: string): ModelEdit {
  return { model, sql };
}
