import { expect, it } from 'vitest';
import { RAW_RULES } from '../../../firmware-protocol/rules/raw-rules.ts';
import { describeRules } from './rule-laws.ts';

describeRules(RAW_RULES, { RAW: 2 });

it('names the columns of the landing table and the longest line', () => {
  const { must } = RAW_RULES['STL-RAW-001'];
  expect(must.match(/`\w+`/g)).toEqual([
    '`sensorReadingTime`',
    '`serialNumber`',
    '`distanceFromObject`',
  ]);
  expect(RAW_RULES['STL-RAW-002'].must).toContain('512 bytes');
});
