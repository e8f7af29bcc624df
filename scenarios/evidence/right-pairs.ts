/** The pairs that belong into the ML table, and which of them are there. */
import type { Truth, TruthAcceleration, TruthDistance } from '../../simulator/index.ts';
import type { Evidence } from './evidence.ts';
import { judgePairs } from './ml-pairs.ts';

/** A step and a sample that belong together in the ML table. */
export interface RightPair {
  readonly distance: TruthDistance;
  readonly acceleration: TruthAcceleration;
  readonly isFound: boolean;
}

const cache = new WeakMap<Evidence, readonly RightPair[]>();

/** The pairs that belong into the ML table: readings and samples of one step, both landed, both after consent. */
export function rightPairs(evidence: Evidence): readonly RightPair[] {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const pairs = findRightPairs(evidence);
  cache.set(evidence, pairs);
  return pairs;
}

function findRightPairs(evidence: Evidence): RightPair[] {
  const found = new Set<string>();
  for (const { verdict, distance, acceleration } of judgePairs(evidence)) {
    if (verdict === 'right') found.add(`${distance?.id}|${acceleration?.id}`);
  }
  const isUsable = (truth: Truth): boolean => {
    const landed = evidence.landed.readings.get(truth.id);
    return landed !== undefined && evidence.mayBeUsed(truth.person, landed.timeMs);
  };
  const distanceByStep = new Map<number, TruthDistance>();
  for (const truth of evidence.readings) {
    if (truth.kind === 'distance' && isUsable(truth)) distanceByStep.set(truth.step, truth);
  }
  const pairs: RightPair[] = [];
  for (const acceleration of evidence.readings) {
    if (acceleration.kind !== 'acceleration') continue;
    const distance = distanceByStep.get(acceleration.step);
    if (distance === undefined || !isUsable(acceleration)) continue;
    const isFound = found.has(`${distance.id}|${acceleration.id}`);
    pairs.push({ distance, acceleration, isFound });
  }
  return pairs;
}
