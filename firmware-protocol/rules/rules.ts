/** All rules of STL/1 in one table. The specification, the codec and the conformance kit are held against it. */
import { COMMAND_RULES } from './command-rules.ts';
import type { CommandRuleId } from './command-rules.ts';
import { FRAMING_RULES } from './framing-rules.ts';
import type { FramingRuleId } from './framing-rules.ts';
import { IDENTITY_RULES } from './identity-rules.ts';
import type { IdentityRuleId } from './identity-rules.ts';
import { RAW_RULES } from './raw-rules.ts';
import type { RawRuleId } from './raw-rules.ts';
import type { Rule } from './rule.ts';
import { STREAMING_RULES } from './streaming-rules.ts';
import type { StreamingRuleId } from './streaming-rules.ts';
import { TIMING_RULES } from './timing-rules.ts';
import type { TimingRuleId } from './timing-rules.ts';

/** The id of a rule, such as `STL-FRAME-003`. Ids are never given to another rule. */
export type RuleId =
  RawRuleId | FramingRuleId | IdentityRuleId | CommandRuleId | StreamingRuleId | TimingRuleId;

/** Every MUST of STL/1, in the order of the specification. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  ...RAW_RULES,
  ...FRAMING_RULES,
  ...IDENTITY_RULES,
  ...COMMAND_RULES,
  ...STREAMING_RULES,
  ...TIMING_RULES,
};

/** The ids of {@link RULES}, in their order. */
export const RULE_IDS: readonly RuleId[] = Object.keys(RULES) as RuleId[];
