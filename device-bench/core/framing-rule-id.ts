import type { RuleId } from '../../firmware-protocol/index.ts';

/** The rules that a single line can break by its spelling. */
export type FramingRuleId = RuleId & `STL-FRAME-${string}`;
