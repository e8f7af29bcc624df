/** What really happened until a moment: the side of the page that no pipeline has a part in. */
import type { Landed } from '../../scenarios/index.ts';
import { NOBODY, participantsOf, researchConsentFrom } from '../../simulator/index.ts';
import type { Truth, World } from '../../simulator/index.ts';
import type { TruthCounts } from '../api.ts';
import type { DueRows } from './due-rows.ts';

/** What is counted. */
export interface TruthCase {
  /** The world as it is, and not only as the website has told it. */
  readonly world: World;
  readonly readings: readonly Truth[];
  readonly landed: Landed;
  readonly due: DueRows;
  /** Epoch ms. */
  readonly asOfMs: number;
}

/** Counts readings of people, and people. What real devices measured is of nobody, and left out. */
export function countTruth({ world, readings, landed, due, asOfMs }: TruthCase): TruthCounts {
  const made = { steps: 0, samples: 0, landedSteps: 0, landedSamples: 0 };
  const people = new Set<number>();
  for (const truth of readings) {
    if (truth === undefined || truth.person === NOBODY || truth.atMs > asOfMs) continue;
    const isLanded = landed.readings.has(truth.id);
    people.add(truth.person);
    if (truth.kind === 'distance') {
      made.steps++;
      if (isLanded) made.landedSteps++;
    } else {
      made.samples++;
      if (isLanded) made.landedSamples++;
    }
  }
  const consenting = participantsOf(world).filter(({ id }) => {
    const made = (world.consents[id] ?? []).filter(({ atMs }) => atMs <= asOfMs);
    return researchConsentFrom(made) !== undefined;
  });
  return {
    ...made,
    peopleExercised: people.size,
    peopleConsenting: consenting.length,
    usableSteps: due.usable.steps,
    usableSamples: due.usable.samples,
  };
}
