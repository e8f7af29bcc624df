import { describe, expect, it } from 'vitest';
import { bootIdOf } from '../../../../device-bench/core/judges/boot.ts';
import { BOOT, broken, chances, reading, stream, talk } from './talk.ts';

const RESET = '1000 reset';

describe('the judges of booting', () => {
  it('have no chance where the device was not restarted, or not seen to boot', () => {
    expect(chances('STL-BOOT-001', '10 > @1 PING', '15 < =OK,1,PING,')).toBe(0);
    expect(chances('STL-BOOT-002', BOOT)).toBe(0);
    expect(chances('STL-BOOT-003', BOOT)).toBe(0);
    expect(chances('STL-BOOT-004', BOOT)).toBe(0);
    expect(chances('STL-BOOT-005', BOOT, reading(100, 0))).toBe(0);
  });

  it('allow a boot 2500 ms, and 100 ms for the host', () => {
    const after = (atMs: number) => broken(BOOT, RESET, `${atMs} < !BOOT,0001,RST`, '4000 /end');
    expect([after(3600), after(3601)]).toEqual([[], ['STL-BOOT-001']]);
  });

  it('miss a boot when they have waited for as long', () => {
    const until = (atMs: number) => broken(BOOT, RESET, `${atMs} /end`);
    expect([until(3600), until(3601)]).toEqual([[], ['STL-BOOT-001']]);
  });

  it('allow what was on its way for 100 ms after the reset line, and not after REBOOT', () => {
    const late = (atMs: number) => [BOOT, RESET, `${atMs} < !HB,7F3A,1000`];
    const boot = '1500 < !BOOT,0001,RST';
    expect(broken(...late(1100), boot)).toEqual([]);
    expect(broken(...late(1101), boot)).toEqual(['STL-BOOT-001']);
    const reboot = ['900 > @1 REBOOT 0 0', '905 < =OK,1,REBOOT,', '910 < !HB,7F3A,910'];
    expect(broken(BOOT, ...reboot, '1500 < !BOOT,0001,TEST')).toEqual(['STL-BOOT-001']);
  });

  it('compare the id with that of the boot before', () => {
    const again = (...ids: readonly string[]) =>
      broken(
        BOOT,
        ...ids.flatMap((id, index) => [
          `${1000 * (index + 1)} reset`,
          `${1000 * (index + 1) + 300} < !BOOT,${id},RST`,
        ]),
      );
    expect(again('7F3A')).toEqual(['STL-BOOT-002']);
    expect(again('0001', '7F3A')).toEqual([]);
  });

  it('find the id of the last boot in a reading, and do not blame its counters', () => {
    const old = [RESET, '1300 < !BOOT,0001,RST', '1400 > @1 START 10', '1405 < =OK,1,START,10'];
    expect(broken(BOOT, ...old, '1505 < $R,7F3A,0,200,181,0')).toEqual(['STL-BOOT-003']);
  });

  it('take the boot id from =ID where no boot was seen', () => {
    const id = '15 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1,0001';
    expect(broken('10 > @1 ID?', id, '4000 < !HB,7F3A,4000')).toEqual(['STL-BOOT-003']);
  });
});

describe('the counters of a new boot', () => {
  const first = (seq: number, ticks: number, flags = 0) => {
    const start = ['1100 > @1 START 10', '1105 < =OK,1,START,10'];
    return broken(
      BOOT,
      RESET,
      '1010 < !BOOT,0001,RST',
      ...start,
      `1200 < $R,0001,${seq},${ticks},181,${flags}`,
    );
  };

  it.each([
    ['0 and the time since the restart', 0, 200, 0, []],
    ['410 ticks within 200 ms, as a host may be late', 0, 410, 0, []],
    ['411 ticks within 200 ms', 0, 411, 0, ['STL-BOOT-004']],
    ['another seq', 1, 200, 0, ['STL-BOOT-004']],
    ['another seq, the first having been dropped', 1, 200, 4, []],
  ])('are %s', (_what, seq, ticks, flags, due) => {
    expect(first(seq, ticks, flags)).toEqual(due);
  });

  it('begin with what REBOOT asked for, over the wrap', () => {
    const rebooted = (reply: string) =>
      broken(
        BOOT,
        '100 > @1 REBOOT 65535 4294967290',
        '105 < =OK,1,REBOOT,',
        '150 < !BOOT,0001,TEST',
        '160 > @2 START 10',
        '165 < =OK,2,START,10',
        `265 < ${reply}`,
      );
    expect(rebooted('$R,0001,65535,100,181,0')).toEqual([]);
    expect(rebooted('$R,0001,0,100,181,0')).toEqual(['STL-BOOT-004']);
    expect(rebooted('$R,0001,65535,4294960000,181,0')).toEqual(['STL-BOOT-004']);
  });
});

describe('silence after a restart', () => {
  const STREAMED = [BOOT, ...stream(100, 10, 100, 3), RESET, '1010 < !BOOT,0001,RST'];

  it('is broken by readings before START, which is not held against STREAM-001', () => {
    expect(broken(...STREAMED, '1200 < $R,0001,0,200,181,0')).toEqual(['STL-BOOT-005']);
    expect(chances('STL-BOOT-005', ...STREAMED)).toBe(1);
  });

  it('is not broken by a device that streams after every boot', () => {
    const always = [BOOT, reading(100, 0), ...stream(200, 10, 100, 0), reading(305, 1)];
    const again = [RESET, '1010 < !BOOT,0001,RST', '1200 < $R,0001,0,200,181,0'];
    expect(broken(...always, ...again)).toEqual(['STL-STREAM-001']);
  });
});

it('the id of a boot is that in its event', () => {
  const [boot] = talk(BOOT).boots;
  expect([bootIdOf(boot?.event), bootIdOf(undefined)]).toEqual(['7F3A', undefined]);
});
