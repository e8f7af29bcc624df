/** The rows of the ML table, each held against the step and the phone samples that really belong together. */
import type { ZoneRow } from '../../pipeline/index.ts';
import type { TruthAcceleration, TruthDistance } from '../../simulator/index.ts';
import type { Evidence } from './evidence.ts';
import { accelerationKey, distanceKey } from './landed.ts';

/** What an ML row is: `right`, the same step of one person; `moved`, one person at two moments; `mixed`, two people; `unknown`, a row that nobody made. */
export type PairVerdict = 'right' | 'moved' | 'mixed' | 'unknown';

/** One ML row and the truth behind it. */
export interface JudgedPair {
  readonly row: ZoneRow;
  readonly verdict: PairVerdict;
  readonly distance: TruthDistance | undefined;
  /** The sample that the row holds; of several that look the same, the one that fits best. */
  readonly acceleration: TruthAcceleration | undefined;
}

const cache = new WeakMap<Evidence, readonly JudgedPair[]>();

/** Judges every row of machine_learning_curated. The result is kept, because several oracles need it. */
export function judgePairs(evidence: Evidence): readonly JudgedPair[] {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const samples = new SampleIndex(evidence);
  const judged = evidence.zones.machine_learning_curated.map((row) =>
    judge(evidence, samples, row),
  );
  cache.set(evidence, judged);
  return judged;
}

function judge(evidence: Evidence, samples: SampleIndex, row: ZoneRow): JudgedPair {
  const distance = evidence.landed.distanceByKey.get(distanceKey(row));
  const candidates = samples.find(row);
  if (distance === undefined || candidates.length === 0) {
    return { row, verdict: 'unknown', distance, acceleration: candidates[0] };
  }
  const sameStep = candidates.find((sample) => sample.step === distance.step);
  if (sameStep !== undefined) return { row, verdict: 'right', distance, acceleration: sameStep };
  const samePerson = candidates.find((sample) => sample.person === distance.person);
  return samePerson === undefined
    ? { row, verdict: 'mixed', distance, acceleration: candidates[0] }
    : { row, verdict: 'moved', distance, acceleration: samePerson };
}

/** The samples that a row can hold: with a user named there is one, without one everybody's equal samples count. */
class SampleIndex {
  readonly #evidence: Evidence;
  readonly #byValues = new Map<string, TruthAcceleration[]>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    for (const sample of evidence.landed.accelerationByKey.values()) {
      const key = accelerationKey('', sample);
      const list = this.#byValues.get(key);
      if (list === undefined) this.#byValues.set(key, [sample]);
      else list.push(sample);
    }
  }

  find(row: ZoneRow): readonly TruthAcceleration[] {
    if (typeof row['user'] !== 'string') return this.#byValues.get(accelerationKey('', row)) ?? [];
    const sample = this.#evidence.landed.accelerationByKey.get(accelerationKey(row['user'], row));
    return sample === undefined ? [] : [sample];
  }
}
