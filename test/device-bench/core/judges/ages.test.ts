import { describe, expect, it } from 'vitest';
import {
  findAges,
  findOldReadings,
  findTickFaults,
} from '../../../../device-bench/core/judges/ages.ts';
import { BOOT, reading, talk } from './talk.ts';

/** Three readings, one each 100 ms; the last comes later than its ticks by `lateMs`, when the drift was allowed for. */
function late(lateMs: number): readonly string[] {
  const apartMs = (100 + lateMs) / 0.98;
  return [reading(100, 0), reading(200, 1), reading(200 + apartMs, 2, 300)];
}

describe('findAges', () => {
  it('allows 500 ms, and 100 ms for the host', () => {
    const [just, over] = [599.9, 600.1].map((lateMs) => findAges(talk(BOOT, ...late(lateMs))));
    expect(just?.map(({ isOld }) => isOld)).toEqual([false, false, false]);
    expect(over?.map(({ isOld }) => isOld)).toEqual([false, false, true]);
    expect(over?.at(-1)?.ageMs).toBeCloseTo(600.1, 6);
  });

  it('measures against the soonest reading, be it in front or behind', () => {
    const queued = talk(BOOT, reading(1000, 0, 100), reading(1010, 1, 200), reading(1020, 2, 1010));
    expect([...findOldReadings(queued)]).toEqual([1, 2]);
  });

  it('goes on over the wrap of ticks, and begins anew with a boot and with a jump', () => {
    const wrap = talk(BOOT, reading(100, 0, 0xffff_ffff), reading(200, 1, 99));
    expect(findAges(wrap).map(({ ageMs }) => ageMs)).toEqual([0, 0]);
    const boots = talk(BOOT, reading(2000, 0), '2100 < !BOOT,0001,RST', '2200 < $R,0001,0,9,1,0');
    expect([...findOldReadings(boots)]).toEqual([]);
    const jump = talk(BOOT, reading(100, 0, 65_500), reading(200, 1, 64));
    expect(findAges(jump).map(({ ageMs }) => ageMs)).toEqual([0, 0]);
  });

  it('knows no age where ticks do not pass as they should', () => {
    const slow = Array.from({ length: 5 }, (_, index) => reading(1000 * index, index, 900 * index));
    expect(findAges(talk(BOOT, ...slow))).toEqual([]);
  });
});

it('a reading that is too old is behind for that reason', () => {
  const beat = '900 < !HB,7F3A,900';
  const old = talk(BOOT, reading(100, 0), beat, reading(910, 1, 110));
  expect([...findOldReadings(old)]).toEqual([3]);
  expect(findTickFaults(old)).toEqual([]);
  const behind = talk(BOOT, reading(100, 0), beat, reading(910, 1, 500));
  expect(findTickFaults(behind).map(({ rule }) => rule)).toEqual(['STL-TICK-001']);
});
