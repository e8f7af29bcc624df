/** The rows that belong into the zones, whatever the policy: what a pipeline that makes no mistakes would have. */
import type { Evidence } from '../../scenarios/index.ts';
import { participantsOf } from '../../simulator/index.ts';
import type { Truth, TruthAcceleration, TruthDistance } from '../../simulator/index.ts';

/** A step and a sample that belong together in the ML table. */
export interface DuePair {
  readonly distance: TruthDistance;
  readonly acceleration: TruthAcceleration;
}

/** What belongs into the zones. */
export interface DueRows {
  /** People who belong into customer_trusted. */
  readonly trusted: readonly number[];
  /** People who belong into customer_curated. */
  readonly curated: readonly number[];
  readonly samples: readonly TruthAcceleration[];
  readonly steps: readonly TruthDistance[];
  /** For each step the samples of the one moment that is nearest to it, of the same person. */
  readonly pairs: readonly DuePair[];
  /** Landed readings that may be used, by kind. Steps of people without samples are among them, and in no table. */
  readonly usable: { readonly steps: number; readonly samples: number };
}

/** Finds them from what landed and who consents. */
export function findDueRows(evidence: Evidence): DueRows {
  const trusted = participantsOf(evidence.world)
    .map(({ id }) => id)
    .filter((id) => evidence.consentFrom(id) !== undefined);
  const samples: TruthAcceleration[] = [];
  const distances: TruthDistance[] = [];
  for (const [id, { timeMs }] of evidence.landed.readings) {
    const truth = evidence.readings[id];
    if (truth === undefined || !evidence.mayBeUsed(truth.person, timeMs)) continue;
    if (truth.kind === 'acceleration') samples.push(truth);
    else distances.push(truth);
  }
  const active = new Set<number>();
  for (const person of new Set(samples.map((sample) => sample.person))) {
    for (const id of evidence.namesakesOf(person)) active.add(id);
  }
  const steps = distances.filter(({ person }) => active.has(person));
  return {
    trusted,
    curated: trusted.filter((id) => active.has(id)),
    samples,
    steps,
    pairs: findPairs(steps, samples),
    usable: { steps: distances.length, samples: samples.length },
  };
}

function findPairs(
  steps: readonly TruthDistance[],
  samples: readonly TruthAcceleration[],
): DuePair[] {
  const byStep = new Map<number, TruthAcceleration[]>();
  for (const sample of samples) {
    const same = byStep.get(sample.step);
    if (same === undefined) byStep.set(sample.step, [sample]);
    else same.push(sample);
  }
  return steps.flatMap((distance) =>
    nearestOf(distance, byStep.get(distance.step) ?? []).map((acceleration) => ({
      distance,
      acceleration,
    })),
  );
}

/** The samples of the moment that is nearest to a reading; of two moments at the same distance the earlier one. */
function nearestOf(
  { atMs, person }: Truth,
  samples: readonly TruthAcceleration[],
): readonly TruthAcceleration[] {
  const own = samples.filter((sample) => sample.person === person);
  let nearest = own[0];
  for (const sample of own) {
    const [away, best] = [Math.abs(sample.atMs - atMs), Math.abs((nearest?.atMs ?? 0) - atMs)];
    if (away < best || (away === best && sample.atMs < (nearest?.atMs ?? 0))) nearest = sample;
  }
  return own.filter((sample) => sample.atMs === nearest?.atMs);
}
