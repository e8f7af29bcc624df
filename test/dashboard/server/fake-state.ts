/** States and verdicts in which nothing has happened. */
import type { PolicyVerdict, RunState, TableVerdict, Verdict } from '../../../dashboard/api.ts';

const STILL = { perSecond: 0, total: 0 };

/** How a run is that just began. */
export function emptyState(): RunState {
  return {
    phase: 'running',
    failure: undefined,
    atMs: 0,
    speed: 1,
    isPaused: false,
    trainers: [],
    phones: [],
    flow: {
      serial: { ...STILL, bytesPerSecond: 0 },
      mqtt: { ...STILL, samplesPerSecond: 0, isUp: true },
      bridge: { ...STILL, quarantined: 0 },
      spool: { ...STILL, waitingRows: 0, bytes: 0 },
      s3: { ...STILL, objects: 0, bytesPerSecond: 0, isUp: true },
    },
    switches: {
      pool: undefined,
      policy: 'strict',
      skewMs: 0,
      broker: 'up',
      storage: 'up',
      unplugged: [],
      garbled: [],
      withdrawn: [],
      isSpeedFixed: false,
    },
  };
}

const NONE: TableVerdict = { rows: 0, due: 0, leaked: 0, wrong: 0, missing: 0 };

const NO_ROWS: PolicyVerdict = {
  tables: {
    customer_trusted: NONE,
    accelerometer_trusted: NONE,
    customer_curated: NONE,
    step_trainer_trusted: NONE,
    machine_learning_curated: NONE,
  },
  leaked: 0,
  misattributed: 0,
  mismatched: 0,
  rightPairs: 0,
  failure: undefined,
};

/** A verdict on nothing. */
export function verdictOf(cycle: number): Verdict {
  return {
    cycle,
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
    policies: { classic: NO_ROWS, strict: NO_ROWS },
  };
}
