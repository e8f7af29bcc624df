/**
 * Oracles of row counts: what everybody else checks. The expected counts are those that the policy under test promises,
 * computed from the people and their readings. They are blind to whose rows they are.
 */
import { ZONE_TABLES } from '../../pipeline/index.ts';
import type { ZoneTableName } from '../../pipeline/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Measurement, Oracle } from './oracle.ts';
import { formatCount } from './oracle.ts';

type Counts = Readonly<Record<ZoneTableName, number>>;

const cache = new WeakMap<Evidence, Counts>();

/** One oracle for each table of the zones. */
export const COUNT_ORACLES: readonly Oracle[] = ZONE_TABLES.map((table) => ({
  id: `counts.${table}`,
  title: `${table} has as many rows as its policy promises`,
  unit: 'rows',
  measure: (evidence) => measureCount(evidence, table),
}));

function measureCount(evidence: Evidence, table: ZoneTableName): Measurement {
  const found = evidence.zones[table].length;
  const expected = expectedCounts(evidence)[table];
  return {
    measured: Math.abs(found - expected),
    chances: Math.max(found, expected),
    offenders: [],
    sentence: `${table} has ${formatCount(found)} rows; the world gives ${formatCount(expected)}.`,
  };
}

function expectedCounts(evidence: Evidence): Counts {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const counts = countFromWorld(evidence);
  cache.set(evidence, counts);
  return counts;
}

function countFromWorld(evidence: Evidence): Counts {
  const { world, readings, landed, policy } = evidence;
  const consenting = world.people.filter(({ id }) => evidence.consentFrom(id) !== undefined);
  const usable = readings.filter((truth) => {
    const found = landed.readings.get(truth.id);
    if (found === undefined) return false;
    return policy === 'strict'
      ? evidence.mayBeUsed(truth.person, found.timeMs)
      : evidence.consentFrom(truth.person) !== undefined;
  });
  const samples = usable.filter((truth) => truth.kind === 'acceleration');
  const withSamples = new Set(samples.map((truth) => truth.person));
  const distances = usable.filter(
    (truth) => truth.kind === 'distance' && withSamples.has(truth.person),
  );
  // Strict pairs a step with its own samples; classic with everybody's samples of the same ms.
  const pairKey = (truth: (typeof usable)[number]): number =>
    policy === 'strict' ? truth.step : (landed.readings.get(truth.id)?.timeMs ?? 0);
  const samplesByKey = new Map<number, number>();
  for (const sample of samples) {
    samplesByKey.set(pairKey(sample), (samplesByKey.get(pairKey(sample)) ?? 0) + 1);
  }
  return {
    customer_trusted: consenting.length,
    accelerometer_trusted: samples.length,
    customer_curated: consenting.filter(({ id }) => withSamples.has(id)).length,
    step_trainer_trusted: distances.length,
    machine_learning_curated: distances.reduce(
      (sum, distance) => sum + (samplesByKey.get(pairKey(distance)) ?? 0),
      0,
    ),
  };
}
