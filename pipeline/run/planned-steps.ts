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

/** What steps cost at a million customers, in CPU seconds: measured, and right enough to tell how far a run is. */
const COSTS: Readonly<Record<string, number>> = {
  [STEPS.load]: 70,
  device_reading: 35,
  device_session: 20,
  step_reading: 14,
  phone_sample: 45,
  phone_session: 20,
  phone_stamp: 12,
  reading_person: 120,
  accelerometer_trusted: 40,
  machine_learning_curated: 100,
  ml_pairing: 180,
  [STEPS.accounting]: 30,
  [STEPS.audit]: 60,
  [STEPS.write]: 120,
  [STEPS.publish]: 5,
  [STEPS.done]: 0,
};

/** What a model costs about which nothing is known. */
const COST_UNKNOWN = 5;

/** All steps of a run that makes these models, in their order. */
export function plannedSteps(models: readonly Model[]): PlannedStep[] {
  const { load, accounting, audit, write, publish, done } = STEPS;
  const steps = [
    load,
    ...models.map(({ name }) => name),
    ...[accounting, audit, write, publish, done],
  ];
  return steps.map((step) => ({ step, cost: COSTS[step] ?? COST_UNKNOWN }));
}
