import { expect, it } from 'vitest';
import { TIMING_RULES } from '../../../firmware-protocol/rules/timing-rules.ts';
import { describeRules } from './rule-laws.ts';

describeRules(TIMING_RULES, { SYNC: 6 });

it('names the limits', () => {
  expect(TIMING_RULES['STL-SYNC-003'].must).toContain('250 ms');
  expect(TIMING_RULES['STL-SYNC-005'].must).toContain('200 if there is none');
  expect(TIMING_RULES['STL-SYNC-006'].must).toContain(String(Number.MAX_SAFE_INTEGER));
});

it('is what makes a device one of level 3', () => {
  expect(new Set(Object.values(TIMING_RULES).map(({ level }) => level))).toEqual(new Set(['L3']));
});
