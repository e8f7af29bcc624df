import { expect, it } from 'vitest';
import { FRAMING_RULES } from '../../../firmware-protocol/rules/framing-rules.ts';
import { describeRules } from './rule-laws.ts';

describeRules(FRAMING_RULES, { FRAME: 9 });

it('names the longest line and the check value of the CRC', () => {
  expect(FRAMING_RULES['STL-FRAME-002'].must).toContain('82 bytes');
  expect(FRAMING_RULES['STL-FRAME-003'].hint).toContain('0x29B1');
});

it('applies to every device that knows frames', () => {
  expect(new Set(Object.values(FRAMING_RULES).map(({ level }) => level))).toEqual(new Set(['L1']));
});
