import { describe, expect, it } from 'vitest';
import { OVERLOAD_JUDGES } from '../../../../device-bench/core/judges/overload.ts';
import { BOOT, broken, chances, reading, stream, talk } from './talk.ts';

const LOADED = [BOOT, '50 /overload', ...stream(100, 10, 100, 3)];
const TORN = '410 <! $R,7F3A,3,4$R,7F3A,4,410,181,0*0000';

describe('the judges of overload', () => {
  it('have no chance with a device without frames', () => {
    for (const judge of Object.values(OVERLOAD_JUDGES)) {
      expect(judge(talk('5 <! {"a":1}', '100 /end'))).toMatchObject({ chances: 0, violations: [] });
    }
  });

  it('count a torn line for OVER-001 only, in an overload or not', () => {
    expect(broken(...LOADED, TORN, reading(505, 4))).toEqual(['STL-OVER-001']);
    expect(broken(BOOT, ...stream(100, 10, 100, 3), TORN, reading(505, 4))).toEqual([
      'STL-OVER-001',
    ]);
  });

  it('count a line that is wrong under load only for OVER-001, and a habit for its own rule', () => {
    const wrong = (atMs: number) => `${atMs} <! !HB,7F3A,410*0000`;
    const many = [10, 20, 30, 40].map((ms) => `${ms} < !HB,7F3A,${ms}`);
    expect(broken(...many, ...LOADED.slice(1), wrong(410))).toEqual(['STL-OVER-001']);
    expect(broken(...many, wrong(45), ...LOADED.slice(1), wrong(410))).toEqual(['STL-FRAME-003']);
  });

  it('allow a reading 500 ms, and 100 ms for the host', () => {
    const late = (lateMs: number) => reading(405 + (100 + lateMs) / 0.98, 3, 505);
    expect(broken(...LOADED, late(599))).toEqual([]);
    expect(broken(...LOADED, late(601))).toEqual(['STL-OVER-002']);
    expect(chances('STL-OVER-002', ...LOADED)).toBe(3);
  });

  it('find a device that starts again by itself', () => {
    expect(broken(...LOADED, '500 < !BOOT,0001,WDT')).toEqual(['STL-OVER-003']);
    expect(broken(...LOADED, '500 reset', '510 < !BOOT,0001,RST')).toEqual([]);
    expect(broken(BOOT, ...stream(100, 10, 100, 3), '500 < !BOOT,0001,WDT')).toEqual([]);
  });

  it('know an overload without its name by a dropped reading of the last 3 s', () => {
    const dropped = [BOOT, ...stream(100, 10, 100, 2), reading(505, 4, 505, 4)];
    expect(broken(...dropped, '3504 < !BOOT,0001,WDT')).toEqual(['STL-OVER-003']);
    expect(broken(...dropped, '3505 < !BOOT,0001,WDT')).toEqual([]);
  });

  it('find a device that does not answer behind STOP', () => {
    const stopped = [...LOADED, '500 > @8 STOP', '505 < =OK,8,STOP,3'];
    const ping = ['600 > @9 PING', '1000 /end'];
    expect(broken(...stopped, ...ping)).toEqual(['STL-OVER-003']);
    expect(chances('STL-OVER-003', ...stopped, ...ping)).toBe(1);
  });
});
