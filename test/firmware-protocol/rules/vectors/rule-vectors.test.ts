import { expect, it } from 'vitest';
import { RULE_IDS } from '../../../../firmware-protocol/rules/rules.ts';
import { RULE_VECTORS } from '../../../../firmware-protocol/rules/vectors/rule-vectors.ts';

it('has conversations for every rule', () => {
  expect(Object.keys(RULE_VECTORS).toSorted()).toEqual(RULE_IDS.toSorted());
});
