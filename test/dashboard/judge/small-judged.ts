/** A judgement of two people, to be changed as a test needs it. */
import type { Judged } from '../../../dashboard/judge/index.ts';
import type { PolicyVerdict, TableVerdict } from '../../../dashboard/api.ts';

/** What a test changes. */
export interface JudgedChanges {
  readonly landed?: Partial<Judged['landed']>;
  readonly rowsOf?: Partial<Judged['rowsOf']>;
  readonly strict?: PolicyChanges;
  readonly classic?: PolicyChanges;
}

interface PolicyChanges {
  readonly misattributed?: number;
  readonly mismatched?: number;
  readonly steps?: number;
  readonly pairs?: number;
}

/** A judgement in which nothing has landed, but for the changes. */
export function judgedWith(changes: JudgedChanges = {}): Judged {
  return {
    verdict: {
      cycle: 1,
      asOfMs: 0,
      tookMs: 1,
      truth: {
        steps: 0,
        samples: 0,
        landedSteps: 0,
        landedSamples: 0,
        peopleExercised: 0,
        peopleConsenting: 0,
        usableSteps: 0,
        usableSamples: 0,
      },
      policies: { strict: policyWith(changes.strict), classic: policyWith(changes.classic) },
    },
    landed: {
      objects: 0,
      rows: 0,
      quarantined: 0,
      unexpected: 0,
      toldUntilMs: [undefined, undefined],
      readingsUntilMs: undefined,
      stepsOf: [0, 0],
      samplesOf: [0, 0],
      ...changes.landed,
    },
    rowsOf: { strict: [0, 0], classic: [0, 0], ...changes.rowsOf },
  };
}

function policyWith({
  misattributed = 0,
  mismatched = 0,
  steps = 0,
  pairs = 0,
}: PolicyChanges = {}): PolicyVerdict {
  const table = (rows: number): TableVerdict => ({ rows, due: 0, leaked: 0, wrong: 0, missing: 0 });
  return {
    tables: {
      customer_trusted: table(0),
      accelerometer_trusted: table(0),
      customer_curated: table(0),
      step_trainer_trusted: table(steps),
      machine_learning_curated: table(pairs),
    },
    leaked: 0,
    misattributed,
    mismatched,
    rightPairs: 0,
    failure: undefined,
  };
}
