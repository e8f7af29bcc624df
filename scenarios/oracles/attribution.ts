/** Oracles of attribution: whose reading the pipeline takes each trainer row for, against who really walked. */
import { findClaims } from '../evidence/claims.ts';
import type { RowClaims } from '../evidence/claims.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { namePeople } from '../evidence/person-names.ts';
import { firstOffenders, readingOffender, rowOffender } from './offender.ts';
import type { Offender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** The share of claims that are right. */
export const ATTRIBUTION_PRECISION: Oracle = {
  id: 'attribution.precision',
  title: 'A trainer reading is taken for the person who made it',
  unit: 'ratio',
  measure: (evidence) => {
    const { made, right } = findClaims(evidence);
    return {
      measured: made === 0 ? 0 : right / made,
      chances: made,
      offenders: wrongClaims(evidence),
      sentence: `${formatCount(made - right)} of ${formatPlural(made, 'claim')} about whose a trainer reading is ${wordFor(made - right, 'is', 'are')} wrong.`,
    };
  },
};

/** The share of usable readings with a right claim. */
export const ATTRIBUTION_RECALL: Oracle = {
  id: 'attribution.recall',
  title: 'The trainer readings of people who share their data are found',
  unit: 'ratio',
  measure: (evidence) => {
    const { found, usable } = countFound(evidence);
    return {
      measured: usable === 0 ? 0 : found / usable,
      chances: usable,
      offenders: missedReadings(evidence),
      sentence: `${formatCount(usable - found)} of ${formatPlural(usable, 'usable trainer reading')} ${wordFor(usable - found, 'is', 'are')} missing or taken for somebody else's.`,
    };
  },
};

/** The harmonic mean of precision and recall: one number that neither guessing nor silence can make good. */
export const ATTRIBUTION_F1: Oracle = {
  id: 'attribution.f1',
  title: 'Trainer readings are found, and found for the right person',
  unit: 'ratio',
  measure: (evidence) => {
    const { made, right } = findClaims(evidence);
    const { found, usable } = countFound(evidence);
    const precision = made === 0 ? 0 : right / made;
    const recall = usable === 0 ? 0 : found / usable;
    const sum = precision + recall;
    return {
      measured: sum === 0 ? 0 : (2 * precision * recall) / sum,
      chances: usable,
      offenders: [...wrongClaims(evidence), ...missedReadings(evidence)],
      sentence: `Precision is ${precision.toFixed(4)} over ${formatPlural(made, 'claim')} and recall ${recall.toFixed(4)} over ${formatPlural(usable, 'usable trainer reading')}.`,
    };
  },
};

function countFound(evidence: Evidence): { readonly found: number; readonly usable: number } {
  const { usable, believedOf } = findClaims(evidence);
  const found = usable.filter(({ id, person }) => believedOf.get(id)?.includes(person)).length;
  return { found, usable: usable.length };
}

function wrongClaims(evidence: Evidence): Offender[] {
  const wrong = findClaims(evidence).rows.filter(({ made, isRight }) => made > (isRight ? 1 : 0));
  return firstOffenders(wrong, ({ row, believed }: RowClaims) =>
    rowOffender(evidence, {
      table: 'step_trainer_trusted',
      row,
      why: `the pipeline takes it for a reading of ${believed.length === 0 ? 'somebody who does not exist' : namePeople(believed)}`,
      people: believed,
    }),
  );
}

function missedReadings(evidence: Evidence): Offender[] {
  const { usable, believedOf } = findClaims(evidence);
  const missed = usable.filter(({ id, person }) => !believedOf.get(id)?.includes(person));
  return firstOffenders(missed, (truth) => {
    const believed = believedOf.get(truth.id);
    const why =
      believed === undefined
        ? 'it landed and may be used, and is not in the table'
        : `the pipeline takes it for a reading of ${namePeople(believed)}`;
    return readingOffender(evidence, {
      truth,
      table: 'step_trainer_trusted',
      why,
      people: believed ?? [],
    });
  });
}
