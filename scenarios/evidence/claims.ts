/** What a pipeline claims of trainer readings, "this is that person's", held against who really walked. */
import type { ZoneRow } from '../../pipeline/index.ts';
import type { TruthDistance } from '../../simulator/index.ts';
import type { Evidence } from './evidence.ts';
import { distanceKey } from './landed.ts';

/** The claims of one row of step_trainer_trusted. */
export interface RowClaims {
  readonly row: ZoneRow;
  /** The reading in the row; `undefined` when nobody made it. */
  readonly truth: TruthDistance | undefined;
  readonly believed: readonly number[];
  /** A name that nobody has is a claim as well, and a wrong one. */
  readonly made: number;
  readonly isRight: boolean;
}

/** All claims of a run. A row that names several people makes several claims; one that is repeated counts once. */
export interface Claims {
  readonly rows: readonly RowClaims[];
  readonly made: number;
  readonly right: number;
  /** Trainer readings that landed and may be used. */
  readonly usable: readonly TruthDistance[];
  /** Whom each reading is taken for, by its truth id; readings without a row are left out. */
  readonly believedOf: ReadonlyMap<number, readonly number[]>;
}

const cache = new WeakMap<Evidence, Claims>();

/** Finds the claims of a run. The result is kept, because several oracles need it. */
export function findClaims(evidence: Evidence): Claims {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const rows = claimsOfRows(evidence);
  const believedOf = new Map<number, readonly number[]>();
  for (const { truth, believed } of rows) {
    if (truth === undefined) continue;
    believedOf.set(truth.id, [...(believedOf.get(truth.id) ?? []), ...believed]);
  }
  const claims: Claims = {
    rows,
    made: rows.reduce((sum, { made }) => sum + made, 0),
    right: rows.filter(({ isRight }) => isRight).length,
    usable: usableDistances(evidence),
    believedOf,
  };
  cache.set(evidence, claims);
  return claims;
}

function claimsOfRows(evidence: Evidence): RowClaims[] {
  const seen = new Set<string>();
  const rows: RowClaims[] = [];
  for (const row of evidence.zones.step_trainer_trusted) {
    const key = distanceKey(row);
    const believed = evidence.believedPeople(row);
    const claim = `${key}|${believed.join()}|${String(row['user'])}`;
    if (seen.has(claim)) continue;
    seen.add(claim);
    const truth = evidence.landed.distanceByKey.get(key);
    const isRight = truth !== undefined && believed.includes(truth.person);
    const made = typeof row['user'] === 'string' ? 1 : believed.length;
    rows.push({ row, truth, believed, made, isRight });
  }
  return rows;
}

function usableDistances(evidence: Evidence): TruthDistance[] {
  return evidence.readings.filter((truth): truth is TruthDistance => {
    const landed = evidence.landed.readings.get(truth.id);
    if (truth.kind !== 'distance' || landed === undefined) return false;
    return evidence.mayBeUsed(truth.person, landed.timeMs);
  });
}
