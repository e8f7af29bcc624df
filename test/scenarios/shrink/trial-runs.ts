/** Trials that are decided by a predicate, without running anything. */
import type { Offender } from '../../../scenarios/oracles/offender.ts';
import type { FindFailing } from '../../../scenarios/shrink/delta-debug.ts';
import { peopleOf } from '../../../scenarios/shrink/reductions.ts';
import type { Trials } from '../../../scenarios/shrink/trials.ts';
import type { Written } from '../../../scenarios/shrink/written-edits.ts';

/** Finds the first that fails, and notes all that were asked for. */
export function finder<Part>(
  fails: (part: Part) => boolean,
  tried: Part[] = [],
): FindFailing<Part> {
  return async (candidates) => {
    for (const candidate of candidates) {
      tried.push(candidate);
      // What follows is asked for later, as in a true search.
      await Promise.resolve();
      if (fails(candidate)) return candidate;
    }
    return undefined;
  };
}

/** Trials of scenarios, each of which fails or not. */
export function trialsOf(
  fails: (written: Written) => boolean,
  { tried = [], offenders = [] }: { tried?: Written[]; offenders?: readonly Offender[] } = {},
): Trials {
  return {
    find: finder(fails, tried),
    isScenario: () => true,
    offendersOf: () => offenders,
    rankPeople: (written) => peopleOf(written),
  };
}

/** What an oracle complains about, and whom and which steps it names. */
export function offender(people: readonly number[], steps: readonly number[] = []): Offender {
  const row = { user: 'e-mail of person 39', x: 1 };
  const truth = 'Person 38 made it (session 0, step 29).';
  return { table: 'accelerometer_trusted', row, truth, readings: [], people, steps };
}
