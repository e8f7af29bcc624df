/** Whose the pipeline takes trainer readings for, against who made them. */
import { findClaims } from '../evidence/claims.ts';
import type { Evidence } from '../evidence/evidence.ts';

const CELLS_MAX = 20;

/** Readings of one person that the pipeline takes for another's, or for nobody's (`null`). */
export interface ConfusionCell {
  readonly person: number;
  readonly believed: number | null;
  readonly readings: number;
}

/** All trainer readings that are in the zones, and the usable ones that are not. */
export interface Confusion {
  /** Readings that are taken for the right person, and for nobody else. */
  readonly right: number;
  /** Readings that are taken for somebody else, alone or as well. */
  readonly wrong: number;
  /** Usable readings that the pipeline gives to nobody. */
  readonly none: number;
  /** The largest mistakes first, 20 at most; right cells are left out. */
  readonly cells: readonly ConfusionCell[];
}

/** Counts who is taken for whom. */
export function countConfusion(evidence: Evidence): Confusion {
  const { believedOf, usable } = findClaims(evidence);
  const cells = new Map<string, ConfusionCell>();
  const add = (person: number, believed: number | null): void => {
    const key = `${person}|${believed}`;
    cells.set(key, { person, believed, readings: (cells.get(key)?.readings ?? 0) + 1 });
  };
  let right = 0;
  let wrong = 0;
  for (const [id, believed] of believedOf) {
    const person = evidence.readings[id]?.person;
    if (person === undefined || believed.length === 0) continue;
    // Nobody can tell namesakes apart by the e-mail that they share.
    const namesakes = evidence.namesakesOf(person);
    const others = new Set(believed.filter((candidate) => !namesakes.includes(candidate)));
    for (const other of others) add(person, other);
    if (others.size > 0) wrong++;
    else right++;
  }
  const missed = usable.filter(({ id }) => (believedOf.get(id) ?? []).length === 0);
  for (const { person } of missed) add(person, null);
  const largestFirst = [...cells.values()].sort(
    (left, rightCell) =>
      rightCell.readings - left.readings ||
      left.person - rightCell.person ||
      (left.believed ?? -1) - (rightCell.believed ?? -1),
  );
  return { right, wrong, none: missed.length, cells: largestFirst.slice(0, CELLS_MAX) };
}
