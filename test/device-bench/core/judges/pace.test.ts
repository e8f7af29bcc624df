import { describe, expect, it } from 'vitest';
import { measurePace } from '../../../../device-bench/core/judges/pace.ts';
import { BOOT, reading, talk } from './talk.ts';

/** Readings each second, in which `ticksPerSecond` ticks pass; the last one comes `lateMs` late. */
function readings(count: number, ticksPerSecond: number, lateMs = 0): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const late = index === count - 1 ? lateMs : 0;
    return reading(100 + 1000 * index + late, index, 50 + ticksPerSecond * index);
  });
}

describe('measurePace', () => {
  // Over 10 s the margin of 10 ms adds 0.1 % to the 2 % of the rule.
  it.each([
    [1000, undefined],
    [1020.9, undefined],
    [979.1, undefined],
    [1022, 11],
    [978, 11],
  ])('judges %d ticks per second', (ticksPerSecond, entry) => {
    const pace = measurePace(talk(BOOT, ...readings(11, ticksPerSecond)));
    expect([pace.chances, pace.fault?.entry]).toEqual([1, entry]);
  });

  it('believes a pace less the more arrivals scatter', () => {
    const late = measurePace(talk(BOOT, ...readings(11, 1000, 300)));
    expect(late.fault).toBeUndefined();
  });

  it.each([
    ['last', [100, 700, 1400]],
    ['first', [200, 700, 1300]],
  ])('does not mistake a late host for a pace, be the %s of three readings late', (_end, times) => {
    const ticks = [50, 650, 1250];
    const three = times.map((atMs, index) => reading(atMs, index, ticks[index]));
    expect(measurePace(talk(BOOT, ...three))).toEqual({ chances: 1, fault: undefined });
  });

  it('goes on over the wrap of ticks', () => {
    const wrapping = [0, 1, 2, 3].map((index) =>
      reading(100 + 1000 * index, index, (0xffff_fa00 + 1100 * index) % 2 ** 32),
    );
    expect(measurePace(talk(BOOT, ...wrapping)).fault?.message).toMatch(/^1100\.0 ticks/);
  });

  it('needs three lines over one second, on one boot', () => {
    expect(measurePace(talk(BOOT, ...readings(2, 500))).chances).toBe(0);
    const [short, long] = [999, 1000].map((lastMs) =>
      talk(BOOT, reading(100, 0), reading(500, 1), reading(100 + lastMs, 2)),
    );
    expect([short, long].map((talked) => talked && measurePace(talked).chances)).toEqual([0, 1]);
    const halves = [...readings(2, 1000), '1200 < !BOOT,0001,RST', '2300 < !HB,0001,1100'];
    expect(measurePace(talk(BOOT, ...halves)).chances).toBe(0);
  });

  it('leaves out a single value that went back, and what came in an overload', () => {
    const back = [...readings(4, 1000), reading(3200, 4, 9), reading(4100, 5, 4050)];
    expect(measurePace(talk(BOOT, ...back))).toEqual({ chances: 1, fault: undefined });
    const overload = talk(BOOT, '50 /overload', ...readings(11, 500));
    expect(measurePace(overload).chances).toBe(0);
  });

  it('does not measure over a jump', () => {
    const jump = [reading(100, 0, 50), reading(1100, 1, 1050), reading(2100, 2, 6_000_000)];
    expect(measurePace(talk(BOOT, ...jump)).chances).toBe(0);
  });
});
