/** The story of a small failure, in numbers and in one paragraph. */
import type { OracleResult } from '../oracles/judge.ts';
import { formatCount } from '../oracles/oracle.ts';
import type { ScenarioResult } from '../run/result.ts';
import type { SearchEnd } from './probe.ts';
import { countFaults, peopleOf } from './reductions.ts';
import type { Written } from './written-edits.ts';

/** How large a run is. */
export interface RunSize {
  readonly people: number;
  /** Readings that bodies made. */
  readonly readings: number;
  /** Faults, dirt of the landing zone and recorded devices. */
  readonly faults: number;
}

/** The size of a scenario and its run. */
export function sizeOf(written: Written, { ledger }: ScenarioResult): RunSize {
  return {
    people: peopleOf(written).length,
    readings: ledger.emitted,
    faults: countFaults(written),
  };
}

/** A size in words: `1 person, 4 readings and no fault`. */
export function tellSize({ people, readings, faults }: RunSize): string {
  const seen = `${countOf(people, 'person', 'people')}, ${countOf(readings, 'reading', 'readings')}`;
  return `${seen} and ${countOf(faults, 'fault', 'faults')}`;
}

/** The sentence that the small scenario has for a name: what must hold, and for how little. */
export function titleOf({ title }: OracleResult, size: RunSize): string {
  return `${title}: ${tellSize(size)}`;
}

/** How a search ended: nothing more could be left out, or what came before that was known. */
export type ShrinkEnd = 'smallest' | SearchEnd;

/** How a search went: how many runs it took, and what ended it. */
export interface SearchStory {
  readonly runs: number;
  readonly end: ShrinkEnd;
}

/** What happens in the small scenario, in one paragraph. */
export function tellStory(
  { id, title, sentence, offenders }: OracleResult,
  size: RunSize,
  { runs, end }: SearchStory,
): string {
  const [first] = offenders;
  return [
    `${tellSize(size)} are enough for ${id} to fail (“${title}”).`,
    sentence,
    ...(first === undefined ? [] : [`Take a row of ${first.table}: ${begun(first.truth)}`]),
    ...(end === 'smallest' ? [] : [tellEnd(end, runs)]),
  ].join(' ');
}

/** Why less may be enough: a sentence. */
export function tellEnd(end: SearchEnd, runs: number): string {
  const after = `after ${countOf(runs, 'run', 'runs')}`;
  return end === 'interrupted'
    ? `The search was stopped ${after}: less may be enough.`
    : `The search ended ${after}, which is all it was given: less may be enough.`;
}

/** A sentence that goes on behind a colon. */
function begun(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function countOf(count: number, one: string, many: string): string {
  if (count === 0) return `no ${one}`;
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
