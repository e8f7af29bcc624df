import { describe, expect, it } from 'vitest';
import { compareAnswerTimes, compareTimes } from '../../../device-bench/core/departure-times.ts';
import { cutIntoActs } from '../../../device-bench/core/exchanges.ts';
import type { PlayedAct } from '../../../device-bench/core/exchanges.ts';
import { tellTranscript } from './told-transcript.ts';

function act(...lines: readonly string[]): PlayedAct {
  return cutIntoActs(tellTranscript('/stream', ...lines))[0] as PlayedAct;
}

const answered = (ms: number): PlayedAct => act('> PING', `+${ms}`, '=OK,,PING,');

describe('compareTimes', () => {
  it.each([
    [2, undefined],
    [20, { what: 'from the command to its answer', deviceMs: 40, twinMs: 20 }],
  ])('tells the times of answers that are %d ms apart, or not', (apartMs, times) => {
    const found = compareTimes(answered(apartMs), answered(0), { entry: 1, message: '' });
    expect(found?.times).toEqual(times);
  });

  it('measures readings from the last START on, over commands in between', () => {
    const stream = (ms: number): PlayedAct =>
      act('$R,7F3A,0,1,1,0', '> START 9', '$R,7F3A,1,2,1,0', '> PING', `+${ms}`, '$R,7F3A,2,3,1,0');
    const violation = { entry: 5, message: '' };
    expect(compareTimes(stream(80), stream(0), violation)?.times).toEqual({
      what: 'from reading to reading',
      deviceMs: 110,
      twinMs: 30,
    });
    expect(compareTimes(stream(80), stream(80), violation)).toBeUndefined();
    expect(compareTimes(stream(80), undefined, violation)).toBeUndefined();
    expect(compareTimes(stream(80), act('> START 9'), violation)).toBeUndefined();
  });
});

it('compareAnswerTimes names the answer and what the twin said', () => {
  const [, device] = answered(300).exchanges;
  const [, twin] = answered(0).exchanges;
  const [answer, due] = [device?.lines[0], twin?.lines[0]];
  if (device === undefined || twin === undefined || answer === undefined || due === undefined) {
    throw new RangeError('There is no answer.');
  }
  expect(compareAnswerTimes(device, twin, answer, due)).toMatchObject({
    entry: 2,
    expected: due.bytes,
  });
});
