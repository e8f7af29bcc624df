/** What holds for the texts of every rule, wherever they stand. */
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../firmware-protocol/index.ts';
import type { Rule } from '../../../firmware-protocol/index.ts';

const SENTENCES = /^[^ ].*[.!]$/;

/** Runs the laws on some rules, and holds their ids to the families that they should belong to. */
export function describeRules(
  rules: Readonly<Record<string, Rule>>,
  families: Readonly<Record<string, number>>,
): void {
  it('numbers the rules of each family from 001', () => {
    const due = Object.entries(families).flatMap(([family, count]) =>
      Array.from(
        { length: count },
        (_, index) => `STL-${family}-${String(index + 1).padStart(3, '0')}`,
      ),
    );
    expect(Object.keys(rules)).toEqual(due);
  });

  describe.each(Object.entries(rules))('%s', (_id, rule) => {
    it('has a title for tables', () => {
      expect(rule.title).toMatch(/^[A-Za-z][^.:;]*[A-Za-z0-9^]$/);
      expect(rule.title.length).toBeLessThanOrEqual(40);
    });

    it('is one sentence that says what MUST be', () => {
      expect(rule.must).toMatch(SENTENCES);
      expect(rule.must).toMatch(/\bMUST\b/);
      expect(rule.must).not.toMatch(/\. [A-Z]/);
    });

    it('has a hint of its own, and perhaps what is legal', () => {
      expect(rule.hint).toMatch(SENTENCES);
      expect(rule.hint).not.toBe(rule.must);
      expect(rule.hint).not.toMatch(/\bMUST\b/);
      expect(rule.legal ?? 'Legal.').toMatch(SENTENCES);
    });

    it('belongs to a level, and fits in a table of Markdown', () => {
      expect(LEVELS).toContain(rule.level);
      expect(Object.values(rule).filter((text) => /[\n|]/.test(text))).toEqual([]);
      expect(Object.values(rule).filter((text) => /NaN|undefined|\d\.\d{6}/.test(text))).toEqual(
        [],
      );
    });
  });
}
