/** How many of the right ML pairs are found, by how far a phone's clock is off: the skew budget of a pipeline. */
import type { Evidence } from '../evidence/evidence.ts';
import { rightPairs } from '../evidence/right-pairs.ts';

const POINTS_MAX = 200;

/** The people whose phone was off by about the same, and the share of their right ML pairs that was found. */
export interface JoinYield {
  /** Phone minus world, in ms, as the mean over a person's samples. */
  readonly skewMs: number;
  /** 0–1. */
  readonly yield: number;
  /** Right pairs that belong into the ML table. */
  readonly pairs: number;
  readonly people: number;
}

/** One person: what counts towards the yield. */
interface Tally {
  skewSumMs: number;
  pairs: number;
  found: number;
}

/** Measures it in the order of skews. People with the same whole ms are one point; with too many points, wider steps are. */
export function measureJoinYield(evidence: Evidence): JoinYield[] {
  const tallies = tallyPeople(evidence);
  for (let stepMs = 1; ; stepMs *= 2) {
    const points = groupBySkew(tallies, stepMs);
    if (points.length <= POINTS_MAX) return points;
  }
}

function tallyPeople(evidence: Evidence): Tally[] {
  const byPerson = new Map<number, Tally>();
  for (const { distance, acceleration, isFound } of rightPairs(evidence)) {
    const tally = byPerson.get(distance.person) ?? { skewSumMs: 0, pairs: 0, found: 0 };
    byPerson.set(distance.person, tally);
    tally.skewSumMs += acceleration.timeStamp - acceleration.atMs;
    tally.pairs++;
    if (isFound) tally.found++;
  }
  return [...byPerson.values()];
}

function groupBySkew(tallies: readonly Tally[], stepMs: number): JoinYield[] {
  const groups = new Map<number, { found: number; pairs: number; people: number }>();
  for (const { skewSumMs, pairs, found } of tallies) {
    // Zero is written without a sign.
    const skewMs = Math.round(skewSumMs / pairs / stepMs) * stepMs + 0;
    const group = groups.get(skewMs) ?? { found: 0, pairs: 0, people: 0 };
    groups.set(skewMs, group);
    group.found += found;
    group.pairs += pairs;
    group.people++;
  }
  return [...groups]
    .map(([skewMs, { found, pairs, people }]) => ({ skewMs, yield: found / pairs, pairs, people }))
    .sort((left, right) => left.skewMs - right.skewMs);
}
