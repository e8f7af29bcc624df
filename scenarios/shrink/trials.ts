/** What reductions ask: which of some scenarios still fails, and whom to suspect next. */
import type { Offender } from '../oracles/offender.ts';
import type { FindFailing } from './delta-debug.ts';
import type { Written } from './written-edits.ts';

/** Tries scenarios. */
export interface Trials {
  /** Finds the first of some scenarios that still fails. When the search is over, nothing does any more. */
  readonly find: FindFailing<Written>;
  /** Whether this is a scenario at all: an edit may have taken away what another part needs. */
  readonly isScenario: (written: Written) => boolean;
  /** What was complained about when this failed; nothing when it was not tried. */
  readonly offendersOf: (written: Written) => readonly Offender[];
  /** Everybody who takes part, those first who can be mixed up with some of them. */
  readonly rankPeople: (written: Written, beside: readonly number[]) => readonly number[];
}

/** Finds parts by the scenarios that have them. */
export function findPart<Part>(
  { find }: Trials,
  write: (part: Part) => Written,
): FindFailing<Part> {
  return async (parts) => {
    const partOf = new Map<Written, Part>();
    function* candidates(): Generator<Written> {
      for (const part of parts) {
        const written = write(part);
        partOf.set(written, part);
        yield written;
      }
    }
    const found = await find(candidates());
    return found === undefined ? undefined : partOf.get(found);
  };
}
