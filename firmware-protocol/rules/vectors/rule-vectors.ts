/** The example conversations of all rules in one table. */
import type { RuleVectors } from '../rule-vector.ts';
import type { RuleId } from '../rules.ts';
import { BOOT_VECTORS } from './boot-vectors.ts';
import { COMMAND_VECTORS } from './command-vectors.ts';
import { DRIFT_VECTORS } from './drift-vectors.ts';
import { ERROR_VECTORS } from './error-vectors.ts';
import { FIELD_VECTORS } from './field-vectors.ts';
import { FRAME_VECTORS } from './frame-vectors.ts';
import { IDENTITY_VECTORS } from './identity-vectors.ts';
import { OVERLOAD_VECTORS } from './overload-vectors.ts';
import { RATE_VECTORS } from './rate-vectors.ts';
import { RATE_CHANGE_VECTORS } from './rate-change-vectors.ts';
import { RAW_VECTORS } from './raw-vectors.ts';
import { RECOVERY_VECTORS } from './recovery-vectors.ts';
import { SEQ_VECTORS } from './seq-vectors.ts';
import { STREAMING_VECTORS } from './streaming-vectors.ts';
import { SYNC_VECTORS } from './sync-vectors.ts';
import { TICK_VECTORS } from './tick-vectors.ts';

/** What is right and what is wrong, by example, for every rule; see {@link RuleVectors} for how judges are held to it. */
export const RULE_VECTORS: Readonly<Record<RuleId, RuleVectors>> = {
  ...RAW_VECTORS,
  ...FRAME_VECTORS,
  ...FIELD_VECTORS,
  ...BOOT_VECTORS,
  ...IDENTITY_VECTORS,
  ...COMMAND_VECTORS,
  ...ERROR_VECTORS,
  ...RECOVERY_VECTORS,
  ...RATE_VECTORS,
  ...RATE_CHANGE_VECTORS,
  ...STREAMING_VECTORS,
  ...SEQ_VECTORS,
  ...TICK_VECTORS,
  ...OVERLOAD_VECTORS,
  ...SYNC_VECTORS,
  ...DRIFT_VECTORS,
};
