import { describe, expect, it } from 'vitest';
import { judgeToldSeq } from '../../../../device-bench/core/judges/told-seq.ts';
import { BOOT, reading, talk } from './talk.ts';

const START = ['100 > @1 START 10', '105 < =OK,1,START,10'];

/** The messages about a STOP that tells `value`, after `before` and in front of `after`. */
function messages(value: string, before: readonly string[], after: readonly string[] = []) {
  const stop = ['500 > @2 STOP', `505 < =OK,2,STOP,${value}`];
  const { chances, violations } = judgeToldSeq(
    talk(BOOT, ...START, ...before, ...stop, ...after, '900 /end'),
  );
  return { chances, messages: violations.map(({ message }) => message) };
}
const AGAIN = ['510 > @3 START 10', '515 < =OK,3,START,10'];

describe('judgeToldSeq', () => {
  it.each([
    ['the number behind the last reading', '8', [reading(200, 7)], []],
    ['0 behind 65535', '0', [reading(200, 65_535)], []],
    ['the number of the next reading', '9', [reading(200, 7)], [...AGAIN, reading(615, 9, 615, 4)]],
    ['the number of the first reading', '0', [], [...AGAIN, reading(615, 0)]],
  ])('accepts %s', (_what, value, before, after) => {
    expect(messages(value, before, after)).toEqual({ chances: 1, messages: [] });
  });

  it.each([
    ['7', 'STOP tells seq "7", 8 is due.'],
    ['65536', 'STOP tells seq "65536", 8 is due.'],
  ])('finds %s wrong behind reading 7', (value, message) => {
    expect(messages(value, [reading(200, 7)])).toEqual({ chances: 1, messages: [message] });
  });

  it('does not judge what nobody knows', () => {
    expect(messages('0', []).chances).toBe(0);
    expect(messages('x', [reading(200, 7)]).chances).toBe(0);
    expect(messages('9', ['110 /overload', reading(200, 7)]).chances).toBe(0);
    const refused = [reading(200, 7), '300 > @9 JUMP', '305 < =ERR,9,3'];
    expect(messages('9', refused).chances).toBe(0);
    const skipped = [reading(200, 7), reading(300, 9)];
    expect(messages('7', skipped).chances).toBe(0);
  });

  it('has no chance when STOP is not answered', () => {
    const silent = talk(BOOT, ...START, reading(200, 7), '500 > @2 STOP', '1900 /end');
    expect(judgeToldSeq(silent)).toMatchObject({
      chances: 0,
      reason: 'no readings came before or after a STOP',
    });
  });
});
