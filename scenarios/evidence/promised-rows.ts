/** The rows that the policy under test promises for the tables of a world, by who or what stands behind each. */
import type { ZoneTableName } from '../../pipeline/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { Evidence } from './evidence.ts';

/** What stands behind a row: a customer, a reading, or a step with its sample. */
export type PromisedRow =
  { readonly person: number } | { readonly truth: Truth; readonly sample?: Truth };

/** The rows of each table. */
export type PromisedRows = Readonly<Record<ZoneTableName, readonly PromisedRow[]>>;

const cache = new WeakMap<Evidence, PromisedRows>();

/** Computes them from the people and their readings. The result is kept, because each table has an oracle. */
export function promisedRows(evidence: Evidence): PromisedRows {
  const known = cache.get(evidence);
  if (known !== undefined) return known;
  const rows = promiseRows(evidence);
  cache.set(evidence, rows);
  return rows;
}

/** Names a row so that two rows with the same truth behind them have the same name. */
export function promiseKey(row: PromisedRow): string {
  if ('person' in row) return `person ${row.person}`;
  return row.sample === undefined ? `${row.truth.id}` : `${row.truth.id}|${row.sample.id}`;
}

function promiseRows(evidence: Evidence): PromisedRows {
  const { world, readings, landed, policy } = evidence;
  const consenting = world.people.filter(({ id }) => consentOf(evidence, id) !== undefined);
  const usable = readings.filter((truth) => {
    const found = landed.readings.get(truth.id);
    if (found === undefined) return false;
    return policy === 'strict'
      ? evidence.mayBeUsed(truth.person, found.timeMs)
      : evidence.namesakesOf(truth.person).some((id) => consentOf(evidence, id) !== undefined);
  });
  const samples = usable.filter((truth) => truth.kind === 'acceleration');
  const withSamples = new Set(samples.flatMap((truth) => evidence.namesakesOf(truth.person)));
  const distances = usable.filter(
    (truth) => truth.kind === 'distance' && withSamples.has(truth.person),
  );
  return {
    customer_trusted: consenting.map(({ id }) => ({ person: id })),
    accelerometer_trusted: samples.map((truth) => ({ truth })),
    customer_curated: consenting
      .filter(({ id }) => withSamples.has(id))
      .map(({ id }) => ({ person: id })),
    step_trainer_trusted: distances.map((truth) => ({ truth })),
    machine_learning_curated: promisePairs(evidence, distances, samples),
  };
}

/** Strict has a customer who shares an e-mail only if all who do consent; classic looks at each customer alone. */
function consentOf(evidence: Evidence, person: number): number | undefined {
  return evidence.policy === 'strict'
    ? evidence.consentFrom(person)
    : evidence.ownConsentFrom(person);
}

/** Strict pairs a step with its own samples; classic with everybody's samples of the same ms. */
function promisePairs(
  { landed, policy }: Evidence,
  distances: readonly Truth[],
  samples: readonly Truth[],
): PromisedRow[] {
  const pairKey = (truth: Truth): number =>
    policy === 'strict' ? truth.step : (landed.readings.get(truth.id)?.timeMs ?? 0);
  const samplesByKey = new Map<number, Truth[]>();
  for (const sample of samples) {
    const key = pairKey(sample);
    const same = samplesByKey.get(key);
    if (same === undefined) samplesByKey.set(key, [sample]);
    else same.push(sample);
  }
  return distances.flatMap((truth) =>
    (samplesByKey.get(pairKey(truth)) ?? []).map((sample) => ({ truth, sample })),
  );
}
