/** A trainer in the states that tests begin with. */
import { STEP_TRAINER, STEPWISE_OPTIONS } from '../../../simulator/core/trainer.ts';
import type { RunningTrainer, TrainerEvent } from '../../../simulator/core/trainer.ts';

export const BOOT = '7F3A';
export const SERIAL_NUMBER = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';

/** Just booted: no readings are asked for. */
export const IDLE: RunningTrainer = {
  power: 'on',
  product: STEP_TRAINER,
  serialNumber: SERIAL_NUMBER,
  boot: BOOT,
  options: STEPWISE_OPTIONS,
  rateHz: 0,
  seq: 0,
  droppedBefore: false,
  lastSentTicks: 0,
  input: '',
};

/** After START 50. */
export const STREAMING: RunningTrainer = { ...IDLE, rateHz: 50 };

export const POWER_ON: TrainerEvent = {
  kind: 'power-on',
  serialNumber: SERIAL_NUMBER,
  boot: BOOT,
  why: 'PWR',
};
