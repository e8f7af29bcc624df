/** The loss waterfall: every reading that a body made is in exactly one bin. */
import type { Truth, TruthDistance } from '../../simulator/index.ts';
import type { Evidence } from './evidence.ts';
import { distanceKey } from './landed.ts';

/**
 * Where a reading ended. `landed` is the good end: it landed, and it is once in its trusted table, under
 * the right person.
 */
export const BINS = [
  'neverSent',
  'garbled',
  'rejected',
  'lost',
  'lostByDirt',
  'landed',
  'rightlyFiltered',
  'wronglyFiltered',
  'wronglyKept',
  'duplicated',
  'misattributed',
] as const;
/** One of {@link BINS}. */
export type Bin = (typeof BINS)[number];

/** How often a reading stands in its trusted table, and whose the pipeline takes it for. */
interface Kept {
  rows: number;
  readonly believed: readonly number[];
}

const cache = new WeakMap<Evidence, readonly Bin[]>();

/** The bin of every reading, by truth id. The result is kept, because oracles and exhibits need it. */
export function sortIntoBins(evidence: Evidence): readonly Bin[] {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const bins = findBins(evidence);
  cache.set(evidence, bins);
  return bins;
}

function findBins(evidence: Evidence): Bin[] {
  const distances = indexDistances(evidence);
  const accelerations = indexAccelerations(evidence);
  return evidence.readings.map((truth) => {
    const landed = evidence.landed.readings.get(truth.id);
    if (landed === undefined) return binOfMissing(evidence, truth);
    const kept = truth.kind === 'distance' ? distances.get(truth.id) : accelerations.get(truth.id);
    return binOfLanded(evidence, { truth, timeMs: landed.timeMs, kept });
  });
}

/** How many readings each bin holds. */
export function countBins(bins: readonly Bin[]): Record<Bin, number> {
  const counts = Object.fromEntries(BINS.map((bin) => [bin, 0])) as Record<Bin, number>;
  for (const bin of bins) counts[bin]++;
  return counts;
}

function binOfMissing(evidence: Evidence, truth: Truth): Bin {
  switch (truth.fate) {
    case 'never-sent':
      return 'neverSent';
    case 'garbled':
      return 'garbled';
    case 'lost':
      return 'lost';
    case 'sent':
      if (evidence.landed.lostByDirt.has(truth.id)) return 'lostByDirt';
      return evidence.landed.quarantined.has(truth.id) ? 'rejected' : 'lost';
  }
}

function binOfLanded(
  evidence: Evidence,
  { truth, timeMs, kept }: { truth: Truth; timeMs: number; kept: Kept | undefined },
): Bin {
  const belongs = evidence.mayBeUsed(truth.person, timeMs);
  if (!belongs) return kept === undefined ? 'rightlyFiltered' : 'wronglyKept';
  if (kept === undefined) return 'wronglyFiltered';
  if (!isTakenFor(evidence, kept.believed, truth.person)) return 'misattributed';
  return kept.rows > 1 ? 'duplicated' : 'landed';
}

/** True when a reading is taken for its person and nobody else; nobody can tell namesakes apart by an e-mail. */
export function isTakenFor(
  evidence: Evidence,
  believed: readonly number[],
  person: number,
): boolean {
  const namesakes = evidence.namesakesOf(person);
  return believed.length > 0 && believed.every((id) => id === person || namesakes.includes(id));
}

function indexDistances(evidence: Evidence): Map<number, Kept> {
  const index = new Map<number, Kept>();
  for (const row of evidence.zones.step_trainer_trusted) {
    const truth: TruthDistance | undefined = evidence.landed.distanceByKey.get(distanceKey(row));
    if (truth === undefined) continue;
    const kept = index.get(truth.id);
    if (kept === undefined) {
      index.set(truth.id, { rows: 1, believed: evidence.believedPeople(row) });
    } else kept.rows++;
  }
  return index;
}

function indexAccelerations(evidence: Evidence): Map<number, Kept> {
  const index = new Map<number, Kept>();
  for (const truth of evidence.trustedSamples) {
    if (truth === undefined) continue;
    const kept = index.get(truth.id);
    if (kept === undefined) index.set(truth.id, { rows: 1, believed: [truth.person] });
    else kept.rows++;
  }
  return index;
}
