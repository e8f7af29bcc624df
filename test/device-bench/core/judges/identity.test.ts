import { describe, expect, it } from 'vitest';
import { IDENTITY_JUDGES } from '../../../../device-bench/core/judges/identity.ts';
import { BOOT, broken, SERIAL, talk } from './talk.ts';

const OTHER_SERIAL = SERIAL.replace('0f', '1f');
/** Somebody asks twice who is there. */
function asked(first: string, second: string): readonly string[] {
  return ['100 > @1 ID?', `110 < ${first}`, '200 > @2 PING', '205 < =OK,2,PING,']
    .concat(['300 > @3 ID?', `310 < ${second}`, '400 /end'])
    .map((line) => line.replaceAll('$serial', SERIAL));
}
const FIRST = '=ID,1,1,STEDI,ST-1,$serial,1,7F3A';
const SECOND = '=ID,3,1,STEDI,ST-1,$serial,1,7F3A';

describe('the judges of identity', () => {
  it('accept the same answer twice', () => {
    expect(broken(BOOT, ...asked(FIRST, SECOND))).toEqual([]);
  });

  it.each([
    ['another serial number', SECOND.replace('$serial', OTHER_SERIAL), ['STL-IDENT-002']],
    [
      'an upper-case serial number',
      SECOND.replace('$serial', SERIAL.toUpperCase()),
      ['STL-IDENT-002'],
    ],
    ['another boot id', SECOND.replace('7F3A', '7F3B'), ['STL-IDENT-003']],
    ['another version', SECOND.replace(',1,STEDI', ',2,STEDI'), ['STL-IDENT-001']],
    ['a field too few, be it the serial number', SECOND.replace(',$serial', ''), ['STL-IDENT-001']],
    ['a boot id in the wrong spelling', SECOND.replace('7F3A', '7f3a'), ['STL-FRAME-008']],
    ['a refusal', '=ERR,3,3', ['STL-IDENT-001']],
  ])('find %s, and nothing else', (_what, second, due) => {
    expect(broken(BOOT, ...asked(FIRST, second))).toEqual(due);
  });

  it('do not judge the content of an answer that never came', () => {
    const silent = talk(BOOT, '100 > @1 ID?', '900 /end');
    for (const judge of Object.values(IDENTITY_JUDGES)) {
      expect(judge(silent)).toMatchObject({ chances: 0, violations: [] });
    }
    expect(broken(BOOT, '100 > @1 ID?', '900 /end')).toEqual(['STL-CMD-001']);
  });

  it('do not know the boot id of a device whose boot was not seen', () => {
    const { chances } = IDENTITY_JUDGES['STL-IDENT-003'](talk(...asked(FIRST, SECOND)));
    expect(chances).toBe(0);
  });

  it.each([
    ['R1', []],
    ['R1000', []],
    ['R0', ['STL-IDENT-004']],
    ['R1001', ['STL-IDENT-004']],
  ])('judge the greatest rate %s', (rate, due) => {
    expect(broken(BOOT, '100 > @1 CAPS?', `110 < =CAPS,1,${rate},SYNC`, '400 /end')).toEqual(due);
  });
});
