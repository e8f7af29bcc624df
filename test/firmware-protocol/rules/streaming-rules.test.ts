import { expect, it } from 'vitest';
import { STREAMING_RULES } from '../../../firmware-protocol/rules/streaming-rules.ts';
import { describeRules } from './rule-laws.ts';

describeRules(STREAMING_RULES, { STREAM: 8, SEQ: 4, TICK: 3, OVER: 3 });

it('names the limits', () => {
  const must = (id: keyof typeof STREAMING_RULES): string => STREAMING_RULES[id].must;
  expect(must('STL-STREAM-002')).toContain('within 5 %');
  expect(must('STL-STREAM-007')).toContain('5000 ms');
  expect(must('STL-STREAM-008')).toContain('mask 7');
  expect(must('STL-SEQ-004')).toContain('flag 4');
  expect(must('STL-TICK-003')).toContain('within 2 %');
  expect(must('STL-OVER-002')).toContain('500 ms');
});

it('asks for REBOOT where a counter must wrap', () => {
  const withOption = Object.entries(STREAMING_RULES).filter(([, rule]) => rule.option === 'REBOOT');
  expect(withOption.map(([id]) => id)).toEqual(['STL-SEQ-002', 'STL-TICK-002']);
});
