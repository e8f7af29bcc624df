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

/** What steps take at 1,000,000 customers, in seconds of CPU: measured, and right enough to tell how far a run is. */
const COSTS: Readonly<Record<string, number>> = {
  [STEPS.load]: 57,
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
  [STEPS.publish]: 1,
  [STEPS.done]: 0,
};

/** The same of what differs between policies. */
const COSTS_OF: Readonly<Record<Policy, Readonly<Record<string, number>>>> = {
  strict: {
    accelerometer_trusted: 48,
    customer_curated: 27,
    step_trainer_trusted: 9,
    machine_learning_curated: 132,
    ml_pairing: 178,
    [STEPS.accounting]: 130,
    [STEPS.audit]: 90,
    [STEPS.write]: 70,
  },
  classic: {
    accelerometer_trusted: 23,
    customer_curated: 3,
    step_trainer_trusted: 8,
    machine_learning_curated: 20,
    ml_pairing: 35,
    [STEPS.accounting]: 10,
    [STEPS.audit]: 39,
    [STEPS.write]: 76,
  },
};

/** What loading costs where all objects are lines: they are taken apart before the engine sees them. */
const LOAD_LINES = 156;

/** What a model costs about which nothing is known, or little to know. */
const COST_UNKNOWN = 2;

/** All steps of a run under a policy that makes these models, in their order. */
export function plannedSteps(policy: Policy, models: readonly Model[]): PlannedStep[] {
  const { load, accounting, audit, write, publish, done } = STEPS;
  const steps = [load, ...models.map(({ name }) => name), accounting, audit, write, publish, done];
  return steps.map((step) => ({
    step,
    cost: COSTS_OF[policy][step] ?? COSTS[step] ?? COST_UNKNOWN,
  }));
}

/** What loading these objects costs in proportion to the other steps: more, the more of their rows are lines. */
export function loadCostOf(objects: readonly FoundObject[]): number {
  const lines = objects.filter(({ name }) => !/\.parquet$/i.test(name));
  const share = estimateRows(lines) / Math.max(estimateRows(objects), 1);
  const parquet = COSTS[STEPS.load] ?? COST_UNKNOWN;
  return parquet + share * (LOAD_LINES - parquet);
}
