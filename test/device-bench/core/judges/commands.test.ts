import { describe, expect, it } from 'vitest';
import { COMMAND_JUDGES } from '../../../../device-bench/core/judges/commands.ts';
import { BOOT, broken, chances, talk } from './talk.ts';

describe('the judges of commands', () => {
  it('have no chance where nothing was sent', () => {
    for (const judge of Object.values(COMMAND_JUDGES)) {
      expect(judge(talk(BOOT))).toMatchObject({ chances: 0, violations: [] });
    }
  });

  it('judge no content of an answer that never came', () => {
    const silent = [BOOT, '100 > @1 START 5', '900 /end'];
    expect(broken(...silent)).toEqual(['STL-CMD-001']);
    for (const rule of ['STL-CMD-002', 'STL-CMD-004', 'STL-CMD-005'] as const) {
      expect(chances(rule, ...silent)).toBe(0);
    }
  });

  it.each([
    ['two answers', ['=OK,1,PING,', '=OK,1,PING,'], ['STL-CMD-002']],
    ['another tag', ['=OK,2,PING,'], ['STL-CMD-004']],
    ['no tag', ['=OK,,PING,'], ['STL-CMD-004']],
    ['another verb', ['=OK,1,STOP,0'], ['STL-CMD-005']],
    ['a value that PING has not', ['=OK,1,PING,1'], ['STL-CMD-005']],
    ['a refusal', ['=ERR,1,3'], ['STL-CMD-005']],
  ])('find %s, and nothing else', (_what, answers, due) => {
    const lines = answers.map((line, index) => `${105 + index} < ${line}`);
    expect(broken(BOOT, '100 > @1 PING', ...lines, '900 /end')).toEqual(due);
  });

  it.each([
    ['START 1000', '=OK,1,START,1000', []],
    ['START 1000', '=OK,1,START,100', ['STL-CMD-005']],
    ['STOP', '=OK,1,STOP,65535', []],
  ])('compare %s with %s', (command, answer, due) => {
    expect(broken(BOOT, `100 > @1 ${command}`, `105 < ${answer}`, '300 /end')).toEqual(due);
  });

  it('leave host times of more than 31 bits to the rule of SYNC', () => {
    const other = (hostMs: number) =>
      broken(BOOT, `100 > @1 SYNC ${hostMs}`, '105 < =SYNC,1,5,101,101', '300 /end');
    expect(other(2 ** 31 - 1)).toContain('STL-CMD-005');
    expect(other(2 ** 31)).toEqual(['STL-SYNC-006']);
  });

  it('do not count the second answer to a line that is to be refused once', () => {
    const long = `100 > ${'Y'.repeat(90)}`;
    const twice = [BOOT, long, '105 < =ERR,,2', '110 < =ERR,,2', '300 /end'];
    expect(broken(...twice)).toEqual(['STL-ERR-002']);
    expect(chances('STL-CMD-002', ...twice)).toBe(0);
  });

  it('judge an empty line with and without CR, once time has passed', () => {
    const empty = (bytes: string, ...answers: readonly string[]) =>
      broken(BOOT, `100 >! ${bytes}`, ...answers, '300 /end');
    expect([empty('\r\n'), empty('\n')]).toEqual([[], []]);
    expect(empty('\n', '105 < =ERR,,3')).toEqual(['STL-CMD-007']);
    expect(chances('STL-CMD-007', BOOT, '100 >! \n')).toBe(0);
  });

  it.each([
    ['ping', 'STL-CMD-009'],
    ['PINGS', 'STL-CMD-009'],
    ['JUMP', 'STL-ERR-004'],
  ])('hold %s that is carried out against %s', (word, rule) => {
    expect(broken(BOOT, `100 > @1 ${word}`, '105 < =OK,1,PING,', '300 /end')).toEqual([rule]);
  });
});
