import type { Landed } from '../../scenarios/index.ts';
import type { Truth } from '../../simulator/index.ts';
import { trainerKey } from './table-rules.ts';

/** What the readings that have landed tell beside the rows that they became. */
export interface LandedReadings {
  /** When the last of them was made, in epoch ms. */
  readonly untilMs: number | undefined;
  /** How many distances there are of each person, by the number of the person. */
  readonly stepsOf: readonly number[];
  /** How many phone samples there are of each person, by the number of the person. */
  readonly samplesOf: readonly number[];
  /** Who was on which trainer, as {@link trainerKey} writes it. */
  readonly usedTrainers: ReadonlySet<string>;
}

/** Goes through them once. */
export function describeReadings(
  { readings: landed }: Landed,
  readings: readonly Truth[],
  people: number,
): LandedReadings {
  const stepsOf = Array.from({ length: people }, () => 0);
  const samplesOf = [...stepsOf];
  const usedTrainers = new Set<string>();
  let untilMs: number | undefined;
  for (const id of landed.keys()) {
    const truth = readings[id];
    if (truth === undefined) continue;
    if (untilMs === undefined || truth.atMs > untilMs) untilMs = truth.atMs;
    const ofPerson = truth.kind === 'distance' ? stepsOf : samplesOf;
    if (truth.person in ofPerson) ofPerson[truth.person] = (ofPerson[truth.person] ?? 0) + 1;
    if (truth.kind === 'distance' && truth.serialNumber !== undefined) {
      usedTrainers.add(trainerKey(truth.person, truth.serialNumber));
    }
  }
  return { untilMs, stepsOf, samplesOf, usedTrainers };
}
