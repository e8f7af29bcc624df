import { describe, expect, it } from 'vitest';
import { LEVELS, RULE_IDS, RULES } from '../../../firmware-protocol/index.ts';

const rules = Object.values(RULES);

describe('the table of rules', () => {
  it('has the rules of all families, in the order of the specification', () => {
    expect(RULE_IDS).toHaveLength(60);
    const families = RULE_IDS.map((id) => id.slice(4, -4));
    expect([...new Set(families)]).toEqual(
      'RAW FRAME BOOT IDENT CMD ERR STREAM SEQ TICK OVER SYNC'.split(' '),
    );
  });

  it.each(LEVELS)('has rules for level %s', (level) => {
    expect(rules.filter((rule) => rule.level === level).length).toBeGreaterThan(1);
  });

  it('says nothing twice', () => {
    for (const part of ['title', 'must', 'hint'] as const) {
      expect(new Set(rules.map((rule) => rule[part])).size).toBe(rules.length);
    }
  });
});
