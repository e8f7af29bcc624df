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
const samplesCache = new WeakMap<Evidence, OthersSamples>();

/** Judges every row of machine_learning_curated. The result is kept, because several oracles need it. */
export function judgePairs(evidence: Evidence): readonly JudgedPair[] {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const judged = evidence.zones.machine_learning_curated.map((row) => judgePair(evidence, row));
  cache.set(evidence, judged);
  return judged;
}

/** Judges one row. */
export function judgePair(evidence: Evidence, row: ZoneRow): JudgedPair {
  const distance = evidence.landed.distanceByKey.get(distanceKey(row));
  const own = distance && ownSample(evidence, distance, row);
  // A row may name its user; without a name, an equal sample of whoever took the step counts first.
  if (distance !== undefined && own !== undefined) {
    // A namesake has the same e-mail, and is somebody else.
    if (own.person !== distance.person)
      return { row, verdict: 'mixed', distance, acceleration: own };
    const verdict = own.step === distance.step ? 'right' : 'moved';
    return { row, verdict, distance, acceleration: own };
  }
  const acceleration = othersSamples(evidence).find(row);
  const isKnown = distance !== undefined && acceleration !== undefined;
  return { row, verdict: isKnown ? 'mixed' : 'unknown', distance, acceleration };
}

/** The sample in the row, if the person who took the step made one like it. */
function ownSample(
  { landed, world }: Evidence,
  { person }: TruthDistance,
  row: ZoneRow,
): TruthAcceleration | undefined {
  const email = world.people[person]?.identity.email ?? '';
  const user = row['user'];
  if (typeof user === 'string' && user.toLowerCase() !== email.toLowerCase()) return undefined;
  return landed.accelerationByKey.get(accelerationKey(email, row));
}

function othersSamples(evidence: Evidence): OthersSamples {
  const known = samplesCache.get(evidence) ?? new OthersSamples(evidence);
  samplesCache.set(evidence, known);
  return known;
}

/** The sample that a row holds, whoever made it: with a user named that user's, else the first that looks the same. */
class OthersSamples {
  readonly #evidence: Evidence;
  /** Made on the first use: where every pair is right, nobody asks. */
  #byValues: ReadonlyMap<string, TruthAcceleration> | undefined;

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
  }

  find(row: ZoneRow): TruthAcceleration | undefined {
    if (typeof row['user'] === 'string') {
      return this.#evidence.landed.accelerationByKey.get(accelerationKey(row['user'], row));
    }
    this.#byValues ??= this.#indexValues();
    return this.#byValues.get(accelerationKey('', row));
  }

  #indexValues(): Map<string, TruthAcceleration> {
    const index = new Map<string, TruthAcceleration>();
    for (const sample of this.#evidence.landed.accelerationByKey.values()) {
      const key = accelerationKey('', sample);
      if (!index.has(key)) index.set(key, sample);
    }
    return index;
  }
}
