import { describe, expect, test } from 'vitest';
import { readTranscript } from '../../../../device-bench/core/conversation.ts';
import { JUDGES } from '../../../../device-bench/core/judges/judges.ts';
import { RULE_IDS, RULE_VECTORS, RULES } from '../../../../firmware-protocol/index.ts';
import type { RuleId, RuleVector } from '../../../../firmware-protocol/index.ts';

/** The rules that judges find broken in a conversation. */
function brokenIn(vector: RuleVector): readonly RuleId[] {
  const conversation = readTranscript(vector.entries, 0);
  return RULE_IDS.filter((id) => JUDGES[id](conversation).violations.length > 0);
}

/** Conversations of raw records are for judges of level 0 alone. */
function concerns(rule: RuleId, other: RuleId): boolean {
  return RULES[rule].level !== 'L0' || RULES[other].level === 'L0';
}

const cases = (verdict: 'right' | 'wrong') =>
  RULE_IDS.flatMap((id) =>
    RULE_VECTORS[id][verdict].map((vector) => ({ id, about: vector.about, vector })),
  );

describe('the judges and the examples of the specification', () => {
  test.each(cases('right'))('$id accepts: $about', ({ id, vector }) => {
    const { chances } = JUDGES[id](readTranscript(vector.entries, 0));
    expect(chances).toBeGreaterThan(0);
    expect(brokenIn(vector)).toEqual([]);
  });

  test.each(cases('wrong'))('$id reports, and no other: $about', ({ id, vector }) => {
    const broken = brokenIn(vector).filter((other) => concerns(id, other));
    expect(broken).toContain(id);
    const allowed = [id, ...vector.also];
    expect(broken.filter((other) => !allowed.includes(other))).toEqual([]);
  });
});
