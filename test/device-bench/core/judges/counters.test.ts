import { describe, expect, it } from 'vitest';
import { COUNTER_JUDGES } from '../../../../device-bench/core/judges/counters.ts';
import { BOOT, broken, chances, reading, stream, talk } from './talk.ts';

/** A device that was asked to begin with these values, and streams at 10 Hz. */
function from(seq: number, ticks: number): readonly string[] {
  const reboot = ['10 > @1 REBOOT ' + `${seq} ${ticks}`, '15 < =OK,1,REBOOT,'];
  const boot = ['100 < !BOOT,0001,TEST', '110 > @2 START 10', '115 < =OK,2,START,10'];
  const readings = Array.from({ length: 4 }, (_, index) => {
    const [next, tick] = [(seq + index) % 65_536, (ticks + 200 + 100 * index) % 2 ** 32];
    return `${215 + 100 * index} < $R,0001,${next},${tick},181,0`;
  });
  return [BOOT, ...reboot, ...boot, ...readings, '600 /end'];
}

describe('the judges of counters', () => {
  it('have no chance without readings', () => {
    for (const judge of Object.values(COUNTER_JUDGES)) {
      const { chances: count, violations, reason } = judge(talk(BOOT, '100 /end'));
      expect({ count, violations }).toEqual({ count: 0, violations: [] });
      expect(reason).toMatch(/^(there|seq|ticks) /);
    }
  });

  it('see both wraps, and find nothing wrong with them', () => {
    const wrapping = from(65_534, 2 ** 32 - 350);
    expect(broken(...wrapping)).toEqual([]);
    expect(chances('STL-SEQ-002', ...wrapping)).toBe(1);
    expect(chances('STL-TICK-002', ...wrapping)).toBe(1);
  });

  it('have no chance of a wrap that did not come', () => {
    expect(chances('STL-SEQ-002', ...from(65_532, 0))).toBe(0);
    expect(chances('STL-TICK-002', ...from(0, 2 ** 31 - 350))).toBe(0);
  });

  it('have a chance at STOP and START only where readings stand on both sides', () => {
    const once = [BOOT, ...stream(100, 10, 100, 2)];
    const stop = ['400 > @2 STOP', '405 < =OK,2,STOP,2', '410 > @3 START 10'];
    expect(chances('STL-SEQ-003', ...once, ...stop, '415 < =OK,3,START,10')).toBe(0);
    const again = [...once, ...stop, '415 < =OK,3,START,10', reading(515, 2)];
    expect(chances('STL-SEQ-003', ...again)).toBe(1);
  });

  it('hold a wrap in the wrong place against the rule of the wrap only', () => {
    const cut = from(254, 0).map((line) => line.replace('0001,256,', '0001,0,'));
    expect(broken(...cut.map((line) => line.replace('0001,257,', '0001,1,')))).toEqual([
      'STL-SEQ-002',
    ]);
  });
});
