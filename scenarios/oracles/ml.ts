/** Oracles of the ML table: does each row pair a step with the samples of the same step? */
import { judgePairs } from '../evidence/ml-pairs.ts';
import { rightPairs } from '../evidence/right-pairs.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { namePerson } from '../evidence/person-names.ts';
import { tellReading } from '../evidence/truth-words.ts';
import type { TruthAcceleration, TruthDistance } from '../../simulator/index.ts';
import { firstOffenders, rowOfReading, rowOffender, whoIsBehind } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** ML rows that pair a step with a sample of another person, or of the same person at another moment. */
export const ML_PAIRING: Oracle = {
  id: 'ml.pairing',
  title: "A step is paired with the same person's phone at the same moment",
  unit: 'rows',
  measure: (evidence) => {
    const pairs = judgePairs(evidence);
    const wrong = pairs.filter(({ verdict }) => verdict === 'mixed' || verdict === 'moved');
    const mixed = wrong.filter(({ verdict }) => verdict === 'mixed').length;
    const moved = wrong.length - mixed;
    const elsewhen =
      moved === 0 ? '' : `, ${formatCount(moved)} with their own phone at another moment`;
    return {
      measured: wrong.length,
      chances: pairs.length,
      offenders: firstOffenders(wrong, ({ row, verdict }) =>
        rowOffender(evidence, {
          table: 'machine_learning_curated',
          row,
          why: verdict === 'mixed' ? 'these are two people' : 'these are two moments',
        }),
      ),
      sentence: `${formatCount(mixed)} of ${formatPlural(pairs.length, 'row')} of machine_learning_curated ${wordFor(mixed, 'pairs', 'pair')} one person's step with another person's phone${elsewhen}.`,
    };
  },
};

/** The share of right pairs that the ML table holds. */
export const ML_JOIN_YIELD: Oracle = {
  id: 'ml.joinYield',
  title: 'The right pairs of step and phone sample are found',
  unit: 'ratio',
  measure: (evidence) => {
    const expected = rightPairs(evidence);
    const missing = expected.filter(({ isFound }) => !isFound);
    return {
      measured: expected.length === 0 ? 0 : (expected.length - missing.length) / expected.length,
      chances: expected.length,
      offenders: firstOffenders(missing, ({ distance, acceleration }) => ({
        table: 'machine_learning_curated',
        row: rowOfPair(evidence, distance, acceleration),
        truth: `${tellReading(evidence, distance)}, with a sample of the phone of ${namePerson(acceleration.person)}; both landed and may be used, and the pair is missing.`,
        ...whoIsBehind(evidence, { readings: [distance, acceleration] }),
      })),
      sentence: `${formatCount(missing.length)} of ${formatPlural(expected.length, 'right pair')} of a step and a phone sample ${wordFor(missing.length, 'is', 'are')} missing.`,
    };
  },
};

function rowOfPair(
  evidence: Evidence,
  distance: TruthDistance,
  { timeStamp, x, y, z }: TruthAcceleration,
): Record<string, unknown> {
  return { ...rowOfReading(evidence, distance), timeStamp, x, y, z };
}
