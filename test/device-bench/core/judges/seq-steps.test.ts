import { describe, expect, it } from 'vitest';
import {
  findSeqFaults,
  findSteps,
  isFlagged,
  missingBetween,
  periodAt,
  seqBetween,
} from '../../../../device-bench/core/judges/seq-steps.ts';
import type { MeantReading } from '../../../../device-bench/core/meant-line.ts';
import { BOOT, reading, stream, talk } from './talk.ts';

function meant(seq: number, flags = 0): MeantReading {
  return { kind: 'reading', boot: '7F3A', seq, ticks: 0, distance: 0, flags };
}

/** The rules that readings break by their numbers, at 10 Hz. */
function rules(...readings: readonly string[]): readonly string[] {
  const start = ['100 > @1 START 10', '105 < =OK,1,START,10'];
  return findSeqFaults(talk(BOOT, ...start, ...readings)).map(({ rule }) => rule);
}

it('counts seq over the wrap', () => {
  expect(seqBetween({ before: meant(65_535), after: meant(0) })).toBe(1);
  expect(seqBetween({ before: meant(1), after: meant(0) })).toBe(65_535);
});

it('counts what is missing over the wrap, and nothing where seq goes back or stays', () => {
  const missing = (before: number, after: number) =>
    missingBetween({ before: meant(before), after: meant(after) });
  expect([missing(7, 8), missing(7, 10), missing(65_535, 1)]).toEqual([0, 2, 1]);
  expect([missing(7, 7), missing(7, 0)]).toEqual([0, 0]);
});

it('knows the flag of dropped readings among others', () => {
  expect([0, 3, 4, 7].map((flags) => isFlagged(meant(0, flags)))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

describe('findSeqFaults', () => {
  it.each([
    ['one after the other', reading(300, 8), []],
    ['the wrap', reading(300, 0), [], 65_535],
    ['a number that stays', reading(300, 7), ['STL-SEQ-001']],
    ['a number that is left out', reading(300, 9), ['STL-SEQ-001']],
    ['a number that goes back', reading(300, 6), ['STL-SEQ-001']],
    ['0 in the middle', reading(300, 0), ['STL-SEQ-003']],
    ['the end twice', reading(300, 65_535), ['STL-SEQ-002'], 65_535],
    ['a number behind the end', reading(300, 65_536), ['STL-SEQ-002'], 65_535],
    ['a wrap that leaves out 0', reading(300, 1), ['STL-SEQ-002'], 65_535],
    ['a wrap of 8 bits', reading(300, 0), ['STL-SEQ-002'], 255],
    ['the flag, and nothing is missing', reading(300, 8, 300, 4), ['STL-SEQ-004']],
    ['the flag over less than 1.5 periods', reading(349, 8, 349, 4), ['STL-SEQ-004']],
    ['a gap of less than 1.5 periods without flag', reading(349, 9), ['STL-SEQ-001']],
    ['the flag over 1.5 periods, and no number', reading(350, 8, 350, 4), ['STL-SEQ-001']],
    ['a gap of 1.5 periods without flag', reading(350, 9), ['STL-SEQ-004']],
    ['a gap with its flag', reading(400, 9, 400, 4), []],
  ])('judges %s', (_what, after, due, before = 7) => {
    expect(rules(reading(200, before), after)).toEqual(due);
  });

  it('blames what came in between', () => {
    const back = [reading(200, 7), '210 > @2 START 20', '215 < =OK,2,START,20', reading(300, 0)];
    expect(rules(...back)).toEqual(['STL-STREAM-005']);
    const refused = [reading(200, 7), '210 > @2 JUMP', '215 < =ERR,2,3', reading(300, 0)];
    expect(rules(...refused)).toEqual(['STL-ERR-006']);
    const stopped = [reading(200, 7), '210 > @2 STOP', '215 < =OK,2,STOP,8', reading(300, 0)];
    expect(rules(...stopped)).toEqual(['STL-SEQ-003']);
  });

  it('blames START for what a refusal in the same pause has nothing to do with', () => {
    const stop = ['310 > @2 STOP', '315 < =OK,2,STOP,8', '320 > @3 START 10'];
    const start = ['325 < =OK,3,START,10', '330 > @4 JUMP', '335 < =ERR,4,3'];
    expect(rules(reading(300, 7), ...stop, ...start, reading(700, 0))).toEqual(['STL-SEQ-003']);
    expect(rules(reading(300, 0), ...stop, ...start, reading(700, 0))).toEqual(['STL-SEQ-003']);
  });

  it('has one name for a START that always begins again', () => {
    const stop = ['400 > @3 STOP', '405 < =OK,3,STOP,8'];
    const again = ['410 > @4 START 10', '415 < =OK,4,START,10', reading(500, 0), reading(600, 1)];
    const change = ['610 > @5 START 20', '615 < =OK,5,START,20', reading(700, 0)];
    expect(rules(reading(200, 6), reading(300, 7), ...stop, ...again, ...change)).toEqual([
      'STL-SEQ-003',
      'STL-SEQ-003',
    ]);
  });
});

describe('findSteps', () => {
  it('leaves out readings around a broken line, and those of two boots', () => {
    const torn = talk(BOOT, reading(200, 0), '250 <! $R,7F3A,1', reading(300, 2));
    expect(findSteps(torn)).toEqual([]);
    const wrong = '250 <! $R,7F3A,1,250,181,0*0000';
    const lines = ['10', '20', '30', '40', '50', '60'].map((ms) => `${ms} < !HB,7F3A,${ms}`);
    const damaged = talk(BOOT, ...lines, reading(200, 0), wrong, reading(300, 2));
    expect(findSteps(damaged)).toEqual([]);
    const boots = ['300 < !BOOT,0001,RST', '400 < $R,0001,0,50,181,0'];
    expect(findSteps(talk(BOOT, reading(200, 0), ...boots))).toEqual([]);
  });

  it('knows the period of the last START only where it did not change', () => {
    const steps = findSteps(
      talk(
        BOOT,
        ...stream(100, 10, 100, 2),
        '310 > @2 START 20',
        '315 < =OK,2,START,20',
        reading(355, 2),
        reading(405, 3),
      ),
    );
    expect(steps.map(({ period }) => period)).toEqual([100, undefined, 50]);
  });

  it('knows no period of a device that reports steps', () => {
    const caps = ['50 > @0 CAPS?', '55 < =CAPS,0,R200,STEP'];
    const conversation = talk(BOOT, ...caps, ...stream(100, 10, 100, 2));
    expect(periodAt(conversation, conversation.heard.at(-1) as never)).toBeUndefined();
  });
});
