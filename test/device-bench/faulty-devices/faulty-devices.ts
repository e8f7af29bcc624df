/** Boards with one fault each, in the order of the rules that are meant for them. */
import { COMMAND_FAULTS } from './command-faults.ts';
import { FRAMING_FAULTS } from './framing-faults.ts';
import { IDENTITY_FAULTS } from './identity-faults.ts';
import { RAW_FAULTS } from './raw-faults.ts';
import type { FaultyDevice } from './rework.ts';
import { STREAMING_FAULTS } from './streaming-faults.ts';
import { TIMING_FAULTS } from './timing-faults.ts';

export const FAULTY_DEVICES: readonly FaultyDevice[] = [
  ...RAW_FAULTS,
  ...FRAMING_FAULTS,
  ...IDENTITY_FAULTS,
  ...COMMAND_FAULTS,
  ...STREAMING_FAULTS,
  ...TIMING_FAULTS,
];
