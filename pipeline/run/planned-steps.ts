import type { Policy } from '../core/catalog.ts';
import type { Model } from '../engine/models.ts';
import { estimateRows } from './engine-room.ts';
import type { FoundObject } from './engine-room.ts';
import type { PlannedStep } from './run-progress.ts';

/** The steps of a run beside those that make a model. */
export const STEPS = {
  load: 'load landing tables',
  accounting: 'accounting',
  audit: 'audit',
  write: 'write zone tables',
  publish: 'publish',
  done: 'done',
} as const;

/** What loading costs where all objects are Parquet. */
const LOAD_PARQUET = 57;
/** The same where all are lines: they are taken apart before the engine sees them. */
const LOAD_LINES = 156;

/** What steps take at 1,000,000 customers, in seconds of CPU: measured, and right enough to tell how far a run is. */
const COSTS: Readonly<Record<string, number | Readonly<Record<Policy, number>>>> = {
  [STEPS.load]: LOAD_PARQUET,
  device_reading: 45,
  device_session: 14,
  step_reading: 13,
  phone_sample: 52,
  phone_session: 16,
  phone_stamp: 12,
  grid_pair: 23,
  candidate_pair: 10,
  rival_pair: 23,
  pair_weight_1: 20,
  device_share_1: 18,
  belief_1: 30,
  pair_weight_2: 21,
  device_share_2: 19,
  belief_2: 29,
  possible_pair: 6,
  coincidence: 15,
  reading_person: 52,
  accelerometer_trusted: { strict: 48, classic: 23 },
  customer_curated: { strict: 27, classic: 3 },
  step_trainer_trusted: { strict: 9, classic: 8 },
  trusted_sample: 15,
  machine_learning_curated: { strict: 66, classic: 20 },
  ml_pairing: { strict: 70, classic: 35 },
  [STEPS.accounting]: { strict: 80, classic: 10 },
  [STEPS.audit]: { strict: 90, classic: 39 },
  [STEPS.write]: { strict: 70, classic: 76 },
  [STEPS.publish]: 1,
  [STEPS.done]: 0,
};

/** What a model costs about which nothing is known, or little to know. */
const COST_UNKNOWN = 2;

/** All steps of a run under a policy that makes these models, in their order. */
export function plannedSteps(policy: Policy, models: readonly Model[]): PlannedStep[] {
  const { load, accounting, audit, write, publish, done } = STEPS;
  const steps = [load, ...models.map(({ name }) => name), accounting, audit, write, publish, done];
  return steps.map((step) => {
    const cost = COSTS[step] ?? COST_UNKNOWN;
    return { step, cost: typeof cost === 'number' ? cost : cost[policy] };
  });
}

/** What loading these objects costs in proportion to the other steps: more, the more of their rows are lines. */
export function loadCostOf(objects: readonly FoundObject[]): number {
  const lines = objects.filter(({ name }) => !/\.parquet$/i.test(name));
  const share = estimateRows(lines) / Math.max(estimateRows(objects), 1);
  return LOAD_PARQUET + share * (LOAD_LINES - LOAD_PARQUET);
}
