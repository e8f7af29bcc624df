/** Whom and what to suspect first: the people and the steps that an oracle names beside what it complains about. */
import type { Offender } from '../oracles/offender.ts';
import type { Range } from './delta-debug.ts';

/** So many people who are named by several offenders are tried together. */
const TOGETHER_MAX = 16;
/** So many offenders are taken at their word. */
const OFFENDERS_TRIED = 3;

/**
 * Groups of some people, each of which may be enough for a failure, the smallest first: single people who are named, those
 * whom one offender names together, and the people of the first offenders. No group holds everybody.
 */
export function suspectsOf(
  offenders: readonly Offender[],
  everybody: readonly number[],
): readonly (readonly number[])[] {
  const named = allNamed(offenders, everybody);
  const all = [...new Set(named.flat())];
  const single = all.slice(0, OFFENDERS_TRIED).map((person) => [person]);
  return withoutRepeats([...single, ...named.slice(0, OFFENDERS_TRIED), ...growing(all)]).filter(
    (people) => people.length < everybody.length,
  );
}

/** The steps that the first offenders name, the fewest first. */
export function stepsNamed(offenders: readonly Offender[]): readonly Range[] {
  const ranges = offenders.slice(0, OFFENDERS_TRIED).flatMap(({ steps }) => {
    return steps.length === 0 ? [] : [{ first: Math.min(...steps), last: Math.max(...steps) }];
  });
  const byEnds = new Map(ranges.map((range) => [`${range.first}..${range.last}`, range]));
  return [...byEnds.values()].toSorted(
    (left, right) => left.last - left.first - (right.last - right.first),
  );
}

/** The people whom the first offender that names any names; nobody where none does. */
export function firstNamed(
  offenders: readonly Offender[],
  everybody: readonly number[],
): readonly number[] {
  return allNamed(offenders, everybody)[0] ?? [];
}

/** The first two of some people, the first four, and so on; all of them once there is room for more. */
function growing(people: readonly number[]): readonly number[][] {
  const groups: number[][] = [];
  for (let count = 2; count < people.length * 2 && count <= TOGETHER_MAX; count *= 2) {
    groups.push(people.slice(0, count));
  }
  return groups;
}

/** The people whom each offender names, of those who take part. */
function allNamed(offenders: readonly Offender[], everybody: readonly number[]): number[][] {
  const present = new Set(everybody);
  return offenders
    .map(({ people }) => people.filter((person) => present.has(person)))
    .filter((people) => people.length > 0);
}

function withoutRepeats(groups: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const byPeople = new Map(
    groups.map((people) => {
      const sorted = people.toSorted((left, right) => left - right);
      return [sorted.join(), sorted] as const;
    }),
  );
  return [...byPeople.values()].toSorted((left, right) => left.length - right.length);
}
