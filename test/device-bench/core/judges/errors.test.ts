import { describe, expect, it } from 'vitest';
import { ERROR_JUDGES } from '../../../../device-bench/core/judges/errors.ts';
import { BOOT, broken, chances, reading, stream, talk } from './talk.ts';

describe('the judges of refusals', () => {
  it('have no chance where nothing was refused', () => {
    for (const judge of Object.values(ERROR_JUDGES)) {
      expect(judge(talk(BOOT, '100 > @1 PING', '105 < =OK,1,PING,'))).toMatchObject({
        chances: 0,
        violations: [],
      });
    }
  });

  it.each([
    ['a wrong CRC', '>! @1 PING*0000', '=ERR,,1', []],
    ['the tag of a line with a wrong CRC', '>! @1 PING*0000', '=ERR,1,1', ['STL-ERR-001']],
    ['another code', '> @1 JUMP', '=ERR,1,4', ['STL-ERR-004']],
    ['a wrong CRC that is carried out', '>! PING*0000', '=OK,,PING,', ['STL-ERR-001']],
    ['another tag', '> @1 JUMP', '=ERR,2,3', ['STL-CMD-004']],
    ['REBOOT of a device that names no options', '> @1 REBOOT 0 x', '=ERR,1,4', []],
  ])('judge %s', (_what, sent, answer, due) => {
    expect(broken(BOOT, `100 ${sent}`, `105 < ${answer}`, '300 /end')).toEqual(due);
  });

  it('wait 350 ms for a refusal', () => {
    const until = (atMs: number) => broken(BOOT, '100 > @1 JUMP', `${atMs} /end`);
    expect([until(450), until(451)]).toEqual([[], ['STL-ERR-004']]);
  });

  it.each([
    [80, 'STL-ERR-004'],
    [81, 'STL-ERR-002'],
  ])('take %d bytes for a line of another rule', (length, rule) => {
    const line = `100 > ${'Y'.repeat(length - 5)}`;
    expect(chances(rule as 'STL-ERR-002', BOOT, line, '900 /end')).toBe(1);
  });

  it('do not judge the arguments of a command that the device never knows', () => {
    const unknown = ['100 > @1 SYNC 7', '105 < =ERR,1,3', '200 > @2 SYNC x', '205 < =ERR,2,3'];
    expect(chances('STL-ERR-005', BOOT, ...unknown, '400 /end')).toBe(0);
  });

  it('have one violation for two answers to each command', () => {
    const twice = ['100 > @1 PING', '105 < =OK,1,PING,', '106 < =OK,1,PING,'];
    const bad = ['200 > PI\0NG', '205 < =ERR,,2', '206 < =ERR,,2', '400 /end'];
    expect(broken(BOOT, ...twice, ...bad)).toEqual(['STL-CMD-002']);
    expect(broken(BOOT, ...bad)).toEqual(['STL-ERR-003']);
  });
});

describe('what a refusal leaves behind', () => {
  const STREAMED = [BOOT, ...stream(100, 10, 100, 5), '610 > @9 JUMP', '615 < =ERR,9,3'];
  const goesOn = (count: number, untilMs = 1615) => [
    ...STREAMED,
    ...Array.from({ length: count }, (_, index) => reading(700 + 90 * index, 5 + index)),
    `${untilMs} /end`,
  ];

  it('counts readings that the device says it has dropped', () => {
    const stalled = (flags: number) =>
      broken(...STREAMED, reading(1500, 13, 1500, flags), reading(1600, 14), '1615 /end');
    expect(stalled(4)).toEqual([]);
    expect(stalled(0)).toContain('STL-ERR-006');
  });

  it.each([
    [10, []],
    [6, []],
    [5, ['STL-ERR-006']],
    [0, ['STL-ERR-006']],
  ])('may be %d readings where 10 were due', (count, due) => {
    expect(broken(...goesOn(count))).toEqual(due);
  });

  it('is watched for four periods at least', () => {
    expect([broken(...goesOn(0, 1014)), broken(...goesOn(0, 1015))]).toEqual([[], ['STL-ERR-006']]);
  });

  it('is nothing where the stream had ended before', () => {
    const ended = [BOOT, ...stream(100, 10, 100, 2), '1010 > @9 JUMP', '1015 < =ERR,9,3'];
    expect(broken(...ended, '2015 /end')).not.toContain('STL-ERR-006');
  });

  it('is a stream when a refused START was carried out', () => {
    const refused = ['100 > @1 START 1001', '105 < =ERR,1,4', reading(205, 0), '300 /end'];
    expect(broken(BOOT, ...refused)).toEqual(['STL-ERR-006']);
  });

  it('is not the tag of the line that was refused', () => {
    const stale = ['100 >! @7 PING*0000', '105 < =ERR,,1', '200 > @8 PING', '205 < =OK,7,PING,'];
    expect(broken(BOOT, ...stale, '400 /end')).toContain('STL-ERR-007');
  });
});
