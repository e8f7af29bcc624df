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

/** What steps cost at 100,000 customers, in CPU seconds: measured, and right enough to tell how far a run is. */
const COSTS: Readonly<Record<string, number>> = {
  [STEPS.load]: 6,
  device_reading: 5,
  phone_sample: 6,
  reading_person: 4.5,
  accelerometer_trusted: 5,
  machine_learning_curated: 12,
  ml_pairing: 20,
  [STEPS.accounting]: 8,
  [STEPS.audit]: 7,
  [STEPS.write]: 9,
  [STEPS.publish]: 0.2,
  [STEPS.done]: 0,
};

/** What a model costs about which nothing is known. */
const COST_UNKNOWN = 1.8;

/** All steps of a run that makes these models, in their order. */
export function plannedSteps(models: readonly Model[]): PlannedStep[] {
  const { load, accounting, audit, write, publish, done } = STEPS;
  const steps = [load, ...models.map(({ name }) => name), accounting, audit, write, publish, done];
  return steps.map((step) => ({ step, cost: COSTS[step] ?? COST_UNKNOWN }));
}
