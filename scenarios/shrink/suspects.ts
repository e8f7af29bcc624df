/** Whom to suspect first: the people whom an oracle names beside what it complains about. */
import type { Offender } from '../oracles/offender.ts';

const PERSON = /\bperson (\d+)\b/gi;
/** So many people are tried together before the search begins from everybody. */
const TOGETHER_MAX = 16;

/**
 * Groups of people, each of which may be enough for a failure, the smallest first: single people, those whom one offender
 * names together, then the people of the first offenders.
 */
export function suspectsOf(offenders: readonly Offender[]): readonly (readonly number[])[] {
  const named = offenders.map(peopleNamed).filter((people) => people.length > 0);
  const all = [...new Set(named.flat())];
  const growing: number[][] = [];
  for (let count = 2; count < all.length * 2 && count <= TOGETHER_MAX; count *= 2) {
    growing.push(all.slice(0, count));
  }
  const single = all.slice(0, 3).map((person) => [person]);
  return withoutRepeats([...single, ...named.slice(0, 3), ...growing]);
}

function peopleNamed({ row, truth }: Offender): number[] {
  const text = `${truth} ${Object.values(row).map(String).join(' ')}`;
  return [...new Set([...text.matchAll(PERSON)].map(([, number]) => Number(number)))];
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
