import { describe, expect, it } from 'vitest';
import {
  findTickSteps,
  tickedLines,
  ticksBetween,
} from '../../../../device-bench/core/judges/ticked-lines.ts';
import { BOOT, reading, talk } from './talk.ts';

describe('ticksBetween', () => {
  it.each([
    [5, 9, 4],
    [9, 5, -4],
    [0xffff_fffe, 3, 5],
    [3, 0xffff_fffe, -5],
    [0, 0x7fff_ffff, 0x7fff_ffff],
    [0, 0x8000_0000, -0x8000_0000],
  ])('counts from %d to %d: %d', (before, after, step) => {
    expect(ticksBetween(before, after)).toBe(step);
  });
});

it('keeps the clock of readings and heartbeats apart from that of SYNC', () => {
  const conversation = talk(
    BOOT,
    reading(200, 0),
    '300 > @1 SYNC 7',
    '305 < =SYNC,1,7,301,302',
    '4300 < !HB,7F3A,4300',
  );
  expect(tickedLines(conversation, 'line').map(({ ticks }) => ticks)).toEqual([200, 4300]);
  expect(tickedLines(conversation, 'sync').map(({ ticks }) => ticks)).toEqual([302]);
});

describe('findTickSteps', () => {
  /** The rules that two readings break, 100 ms apart. */
  const rules = (before: number, after: number): readonly string[] =>
    findTickSteps(talk(BOOT, reading(200, 0, before), reading(300, 1, after))).map(
      ({ rule }) => rule,
    );

  it.each([
    ['time that passes', 200, 300, []],
    ['time that stands still', 200, 200, []],
    ['the wrap at 2^32', 0xffff_ffff, 99, []],
    ['a wrap that takes 1110 ms, as late lines may', 0xffff_ffff, 1109, []],
    ['a wrap that takes longer', 0xffff_ffff, 1110, ['STL-TICK-002']],
    ['ticks that go back', 300, 299, ['STL-TICK-001']],
    ['a wrap at 2^16', 65_500, 64, ['STL-TICK-002']],
    ['a wrap of µs', 4_294_900, 32, ['STL-TICK-002']],
    ['a counter that stays at its end', 0xffff_ffff, 0xffff_ffff, ['STL-TICK-002']],
    ['a count behind the end', 0xffff_ffff, 0x1_0000_0000, ['STL-TICK-002']],
  ])('judges %s', (_what, before, after, due) => {
    expect(rules(before, after)).toEqual(due);
  });

  it('begins anew with a boot', () => {
    const again = ['300 < !BOOT,0001,RST', '400 < $R,0001,0,50,181,0'];
    expect(findTickSteps(talk(BOOT, reading(200, 0), ...again))).toEqual([]);
  });
});
