/** Who can be mixed up with somebody: people who share a serial number, a trainer or an e-mail, and who exercise at the same time. */
import type { World } from '../../simulator/index.ts';

/**
 * Everybody who is in a world, those first who can be mixed up with some of them: the more they share, the earlier, and of
 * those who share as much, who begin at a time closer to theirs.
 */
export function rankPeople(world: World, beside: readonly number[]): readonly number[] {
  const startOf = (person: number): number => world.people[person]?.sessions[0]?.startMs ?? 0;
  const shared = (person: number, other: number): number => {
    const [one, two] = [world.people[person], world.people[other]];
    if (one === undefined || two === undefined) return 0;
    return [
      world.fulfilledSerials[person] === world.fulfilledSerials[other],
      one.station === two.station,
      one.identity.email === two.identity.email,
    ].filter(Boolean).length;
  };
  const ranks = world.people.map(({ id }) => ({
    id,
    shared: Math.max(0, ...beside.map((person) => shared(person, id))),
    apartMs: Math.min(Infinity, ...beside.map((person) => Math.abs(startOf(person) - startOf(id)))),
  }));
  return ranks
    .toSorted((left, right) => right.shared - left.shared || compare(left.apartMs, right.apartMs))
    .map(({ id }) => id);
}

/** Infinity beside infinity is no difference, and not a number. */
function compare(left: number, right: number): number {
  return left === right ? 0 : left - right;
}
