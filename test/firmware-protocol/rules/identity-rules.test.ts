import { expect, it } from 'vitest';
import { IDENTITY_RULES } from '../../../firmware-protocol/rules/identity-rules.ts';
import { describeRules } from './rule-laws.ts';

describeRules(IDENTITY_RULES, { BOOT: 5, IDENT: 4 });

it('names how late a boot may be told', () => {
  expect(IDENTITY_RULES['STL-BOOT-001'].must).toContain('2500 ms');
});
