/** Words for how trainers, phones and runs are. */
import type { DemoTable, Phase, PhoneState, RunState, TrainerState } from '../../api.ts';

/** What a trainer does, in a word or two. */
export const TRAINER_WORDS: Readonly<Record<TrainerState['condition'], string>> = {
  away: 'nobody there',
  idle: 'idle',
  measuring: 'measuring',
  unplugged: 'unplugged',
  garbled: 'garbled',
};

/** Tables of the zones by the names that fit on a stage. */
export const TABLE_WORDS: Readonly<Record<DemoTable, string>> = {
  customer_trusted: 'Customers trusted',
  accelerometer_trusted: 'Phones trusted',
  customer_curated: 'Customers curated',
  step_trainer_trusted: 'Steps trusted',
  machine_learning_curated: 'ML curated',
};

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  starting: 'Starting',
  running: 'Live',
  draining: 'Last readings arrive',
  ended: 'Over',
  failed: 'Failed',
};

/** What the run does. */
export function phaseText({ phase, isPaused }: Pick<RunState, 'phase' | 'isPaused'>): string {
  return phase === 'running' && isPaused ? 'Paused' : PHASE_WORDS[phase];
}

/** What a phone does. */
export function phoneText(phone: PhoneState | undefined): string {
  if (phone === undefined) return 'no phone';
  if (!phone.isConnected) return 'phone offline';
  return phone.isStreaming ? 'phone streaming' : 'phone idle';
}

/** The end of a serial number: enough to see that it is another one. */
export function serialTail(serialNumber: string | undefined): string {
  return serialNumber === undefined ? 'no box' : `box …${serialNumber.slice(-4)}`;
}

/** How many trainers do what, the usual first: `48 measuring, 2 unplugged`. */
export function fleetText(trainers: readonly TrainerState[]): string {
  const order = ['measuring', 'idle', 'away', 'unplugged', 'garbled'] as const;
  const parts = order.flatMap((condition) => {
    const count = trainers.filter((trainer) => trainer.condition === condition).length;
    return count === 0 ? [] : [`${count} ${TRAINER_WORDS[condition]}`];
  });
  return parts.length === 0 ? 'no trainers yet' : parts.join(', ');
}
