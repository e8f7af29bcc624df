import { describe, expect, it } from 'vitest';
import { STREAMING_JUDGES } from '../../../../device-bench/core/judges/streaming.ts';
import { BOOT, broken, chances, reading, stream, talk } from './talk.ts';

const STREAMED = [BOOT, ...stream(100, 10, 100, 3)];
const STOPPED = [...STREAMED, '410 > @1 STOP', '415 < =OK,1,STOP,3'];

describe('the judges of streaming', () => {
  it('have no chance where nothing was said', () => {
    for (const judge of Object.values(STREAMING_JUDGES)) {
      expect(judge(talk('100 /end'))).toMatchObject({ chances: 0, violations: [] });
    }
  });

  it('allow 5 s between two heartbeats, and 200 ms for the host', () => {
    const beat = (atMs: number) => [BOOT, `${atMs} < !HB,7F3A,${atMs}`];
    expect([broken(...beat(5200)), broken(...beat(5201))]).toEqual([[], ['STL-STREAM-007']]);
    expect(chances('STL-STREAM-007', ...beat(5200))).toBe(1);
  });

  it('allow as much to the end, and to the next restart', () => {
    expect(broken(BOOT, '5200 /end')).toEqual([]);
    expect(chances('STL-STREAM-007', BOOT, '5200 /end')).toBe(0);
    expect(broken(BOOT, '5201 /end')).toEqual(['STL-STREAM-007']);
    expect(broken(BOOT, '5200 reset', '5300 < !BOOT,0001,RST')).toEqual([]);
    expect(broken(BOOT, '5201 reset', '5300 < !BOOT,0001,RST')).toEqual(['STL-STREAM-007']);
  });

  it('take any line for a heartbeat, and expect none before the boot or of bare records', () => {
    expect(broken(BOOT, '4000 < #ready', '9000 < !HB,7F3A,9000')).toEqual([]);
    expect(broken('0 < #loader', '9000 < !BOOT,7F3A,PWR')).toEqual([]);
    expect(broken('0 <! {"a":1}', '9000 <! {"a":1}')).not.toContain('STL-STREAM-007');
  });

  it('count readings between the answer to STOP and whatever looks like START', () => {
    expect(broken(...STOPPED, reading(505, 3))).toEqual(['STL-STREAM-003']);
    expect(broken(...STREAMED, '406 > @1 STOP', reading(412, 3), '415 < =OK,1,STOP,4')).toEqual([]);
    expect(chances('STL-STREAM-003', ...STREAMED, '410 > @1 STOP', '900 /end')).toBe(0);
    const message = STREAMING_JUDGES['STL-STREAM-003'](
      talk(...STOPPED, reading(505, 3), '510 >! start', reading(605, 4)),
    ).violations.map((violation) => violation.message);
    expect(message).toEqual(['1 readings came after STOP was answered.']);
  });

  it('leave readings that are too old to the rule of overload', () => {
    const old = [BOOT, ...stream(100, 10, 100, 3), '1100 > @1 STOP', '1105 < =OK,1,STOP,4'];
    expect(broken(...old, reading(1200, 3, 410))).toEqual(['STL-OVER-002']);
  });

  it.each([
    [0, []],
    [3, []],
    [8, ['STL-STREAM-008']],
    [128, ['STL-STREAM-008']],
    [256, ['STL-FRAME-007']],
  ])('judge the flags %d', (flags, due) => {
    expect(broken(...STREAMED, reading(505, 3, 505, flags))).toEqual(due);
  });
});
