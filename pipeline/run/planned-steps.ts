import type { Model } from '../engine/models.ts';
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

/** What steps take at 100,000 customers under strict, in seconds: measured, and right enough to tell how far a run is. */
const COSTS: Readonly<Record<string, number>> = {
  [STEPS.load]: 6,
  device_reading: 6,
  device_session: 1.5,
  step_reading: 1.7,
  phone_sample: 7,
  phone_session: 1.5,
  phone_stamp: 1.2,
  grid_pair: 2,
  rival_pair: 1.7,
  pair_weight_1: 1.4,
  device_share_1: 1,
  belief_1: 2.2,
  pair_weight_2: 1.4,
  device_share_2: 1.3,
  belief_2: 2,
  reading_person: 5.5,
  accelerometer_trusted: 6.5,
  customer_curated: 3,
  step_trainer_trusted: 1.3,
  machine_learning_curated: 12,
  ml_pairing: 8,
  [STEPS.accounting]: 2.5,
  [STEPS.audit]: 3,
  [STEPS.write]: 3.5,
  [STEPS.publish]: 0.2,
  [STEPS.done]: 0,
};

/** What a model costs about which nothing is known. */
const COST_UNKNOWN = 0.3;

/** All steps of a run that makes these models, in their order. */
export function plannedSteps(models: readonly Model[]): PlannedStep[] {
  const { load, accounting, audit, write, publish, done } = STEPS;
  const steps = [load, ...models.map(({ name }) => name), accounting, audit, write, publish, done];
  return steps.map((step) => ({ step, cost: COSTS[step] ?? COST_UNKNOWN }));
}
