import { expect, it } from 'vitest';
import { COMMAND_RULES } from '../../../firmware-protocol/rules/command-rules.ts';
import { describeRules } from './rule-laws.ts';

describeRules(COMMAND_RULES, { CMD: 9, ERR: 7 });

it('names the time for an answer and the longest line', () => {
  expect(COMMAND_RULES['STL-CMD-003'].must).toContain('250 ms');
  expect(COMMAND_RULES['STL-ERR-002'].must).toContain('80 bytes');
});

it('names the error of each refusal', () => {
  const errors = Object.values(COMMAND_RULES).map(({ must }) =>
    /=ERR,[^`]*,(\d)|error (\d)/.exec(must),
  );
  expect(errors.flatMap((found) => (found === null ? [] : [found[1] ?? found[2]]))).toEqual(
    '1 2 2 3 4'.split(' '),
  );
});

it('applies to managed devices', () => {
  expect(new Set(Object.values(COMMAND_RULES).map(({ level }) => level))).toEqual(new Set(['L2']));
});
