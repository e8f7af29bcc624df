/** The judges of all rules. */
import type { RuleId } from '../../../firmware-protocol/index.ts';
import { BOOT_JUDGES } from './boot.ts';
import { COMMAND_JUDGES } from './commands.ts';
import { COUNTER_JUDGES } from './counters.ts';
import { ERROR_JUDGES } from './errors.ts';
import { FRAMING_JUDGES } from './framing.ts';
import { IDENTITY_JUDGES } from './identity.ts';
import type { Judge } from './judge.ts';
import { OVERLOAD_JUDGES } from './overload.ts';
import { RAW_JUDGES } from './raw.ts';
import { STREAMING_JUDGES } from './streaming.ts';
import { SYNC_JUDGES } from './sync.ts';

/** One judge for each rule. */
export const JUDGES: Readonly<Record<RuleId, Judge>> = {
  ...RAW_JUDGES,
  ...FRAMING_JUDGES,
  ...BOOT_JUDGES,
  ...IDENTITY_JUDGES,
  ...COMMAND_JUDGES,
  ...ERROR_JUDGES,
  ...STREAMING_JUDGES,
  ...COUNTER_JUDGES,
  ...OVERLOAD_JUDGES,
  ...SYNC_JUDGES,
};
