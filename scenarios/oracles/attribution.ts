/** Oracles of attribution: whose reading the pipeline takes each trainer row for, against who really walked. */
import type { ZoneRow } from '../../pipeline/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { distanceKey } from '../evidence/landed.ts';
import type { Oracle } from './oracle.ts';
import { formatCount } from './oracle.ts';

/** What a pipeline claims: "this reading is that person's". A row that names several people makes several claims. */
interface Claims {
  readonly made: number;
  readonly right: number;
  /** Readings with a right claim. */
  readonly readings: ReadonlySet<number>;
}

/** The share of claims that are right. */
export const ATTRIBUTION_PRECISION: Oracle = {
  id: 'attribution.precision',
  title: 'A trainer reading is taken for the person who made it',
  unit: 'ratio',
  measure: (evidence) => {
    const { made, right } = countClaims(evidence);
    return {
      measured: made === 0 ? 0 : right / made,
      chances: made,
      offenders: [],
      sentence: `${formatCount(made - right)} of ${formatCount(made)} claims about whose a trainer reading is are wrong.`,
    };
  },
};

/** The share of usable readings with a right claim. */
export const ATTRIBUTION_RECALL: Oracle = {
  id: 'attribution.recall',
  title: 'The trainer readings of people who share their data are found',
  unit: 'ratio',
  measure: (evidence) => {
    const { readings } = countClaims(evidence);
    const usable = evidence.readings.filter((truth) => {
      const landed = evidence.landed.readings.get(truth.id);
      if (truth.kind !== 'distance' || landed === undefined) return false;
      return evidence.mayBeUsed(truth.person, landed.timeMs);
    });
    const found = usable.filter((truth) => readings.has(truth.id)).length;
    return {
      measured: usable.length === 0 ? 0 : found / usable.length,
      chances: usable.length,
      offenders: [],
      sentence: `${formatCount(usable.length - found)} of ${formatCount(usable.length)} usable trainer readings are missing or taken for somebody else's.`,
    };
  },
};

const cache = new WeakMap<Evidence, Claims>();

function countClaims(evidence: Evidence): Claims {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  const readings = new Set<number>();
  let made = 0;
  let right = 0;
  for (const row of evidence.zones.step_trainer_trusted) {
    const key = distanceKey(row);
    const believed = evidence.believedPeople(row);
    const claim = `${key}|${believed.join()}|${String(row['user'])}`;
    // A join that repeats a row repeats its claims: they count once.
    if (seen.has(claim)) continue;
    seen.add(claim);
    const truth = evidence.landed.distanceByKey.get(key);
    // A name that nobody has is a claim as well, and a wrong one.
    made += isNamed(row) ? 1 : believed.length;
    if (truth !== undefined && believed.includes(truth.person)) {
      right++;
      readings.add(truth.id);
    }
  }
  const claims = { made, right, readings };
  cache.set(evidence, claims);
  return claims;
}

function isNamed(row: ZoneRow): boolean {
  return typeof row['user'] === 'string';
}
