/** The story of a small failure, in numbers and in one paragraph. */
import type { OracleResult } from '../oracles/judge.ts';
import { formatCount } from '../oracles/oracle.ts';
import type { ScenarioResult } from '../run/result.ts';
import { peopleOf } from './reductions.ts';
import { listAt } from './written-edits.ts';
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
  const lists = [['faults'], ['landing'], ['devices', 'recorded']];
  return {
    people: peopleOf(written).length,
    readings: ledger.emitted,
    faults: lists.reduce((sum, path) => sum + listAt(written, path).length, 0),
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

/** What happens in the small scenario, in one paragraph. */
export function tellStory({ id, title, sentence, offenders }: OracleResult, size: RunSize): string {
  const [first] = offenders;
  const example = first === undefined ? '' : ` In ${first.table}: ${first.truth}`;
  return `${tellSize(size)} are enough for ${id} to fail (“${title}”). ${sentence}${example}`;
}

function countOf(count: number, one: string, many: string): string {
  if (count === 0) return `no ${one}`;
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
