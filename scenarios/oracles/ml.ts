/** Oracles of the ML table: does each row pair a step with the samples of the same step? */
import { judgePairs } from '../evidence/ml-pairs.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Truth } from '../../simulator/index.ts';
import type { Oracle } from './oracle.ts';
import { formatCount } from './oracle.ts';

/** ML rows that pair a step with a sample of another person, or of the same person at another moment. */
export const ML_PAIRING: Oracle = {
  id: 'ml.pairing',
  title: "A step is paired with the same person's phone at the same moment",
  unit: 'rows',
  measure: (evidence) => {
    const pairs = judgePairs(evidence);
    const mixed = pairs.filter(({ verdict }) => verdict === 'mixed').length;
    const moved = pairs.filter(({ verdict }) => verdict === 'moved').length;
    const elsewhen =
      moved === 0 ? '' : `, ${formatCount(moved)} with their own phone at another moment`;
    return {
      measured: mixed + moved,
      chances: pairs.length,
      offenders: [],
      sentence: `${formatCount(mixed)} of ${formatCount(pairs.length)} rows of machine_learning_curated pair one person's step with another person's phone${elsewhen}.`,
    };
  },
};

/** The share of right pairs that the ML table holds. */
export const ML_JOIN_YIELD: Oracle = {
  id: 'ml.joinYield',
  title: 'The right pairs of step and phone sample are found',
  unit: 'ratio',
  measure: (evidence) => {
    const found = new Set<string>();
    for (const { verdict, distance, acceleration } of judgePairs(evidence)) {
      if (verdict === 'right') found.add(`${distance?.id}|${acceleration?.id}`);
    }
    const expected = rightPairs(evidence);
    const present = expected.filter((pair) => found.has(pair)).length;
    return {
      measured: expected.length === 0 ? 0 : present / expected.length,
      chances: expected.length,
      offenders: [],
      sentence: `${formatCount(expected.length - present)} of ${formatCount(expected.length)} right pairs of a step and a phone sample are missing.`,
    };
  },
};

/** The pairs that belong into the ML table: readings and samples of one step, both landed, both after consent. */
function rightPairs(evidence: Evidence): string[] {
  const isUsable = (truth: Truth): boolean => {
    const landed = evidence.landed.readings.get(truth.id);
    return landed !== undefined && evidence.mayBeUsed(truth.person, landed.timeMs);
  };
  const distanceByStep = new Map<number, number>();
  for (const truth of evidence.readings) {
    if (truth.kind === 'distance' && isUsable(truth)) distanceByStep.set(truth.step, truth.id);
  }
  return evidence.readings.flatMap((truth) => {
    const distance = distanceByStep.get(truth.step);
    const pairs = truth.kind === 'acceleration' && distance !== undefined && isUsable(truth);
    return pairs ? [`${distance}|${truth.id}`] : [];
  });
}
