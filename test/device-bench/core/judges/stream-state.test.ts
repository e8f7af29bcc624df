import { describe, expect, it } from 'vitest';
import type { Asked, Conversation } from '../../../../device-bench/core/conversation.ts';
import {
  endOf,
  findStreams,
  hasVerb,
  isDone,
  isStreaming,
  isTold,
  readingsOf,
  startsUnasked,
  wasStreaming,
} from '../../../../device-bench/core/judges/stream-state.ts';
import { BOOT, reading, stream, talk } from './talk.ts';

const STOP = ['500 > @2 STOP', '505 < =OK,2,STOP,3'];
const AGAIN = ['700 < !BOOT,0001,RST', '800 > @3 PING', '805 < =OK,3,PING,'];

/** The last command. */
function last({ asked }: Conversation): Asked {
  return asked.at(-1) as Asked;
}

it('goes by what was answered, and by the command that was due', () => {
  const done = last(talk(BOOT, '100 > @1 START 5', '105 < =OK,1,START,5'));
  expect([isDone(done, 'START'), isDone(done, 'STOP')]).toEqual([true, false]);
  expect([hasVerb(done, 'start'), hasVerb(done, 'stop')]).toEqual([true, false]);
  const refused = last(talk(BOOT, '100 > @1 START 5', '105 < =ERR,1,4'));
  expect([isDone(refused, 'START'), hasVerb(refused, 'start')]).toEqual([false, true]);
});

it('believes readings with the right CRC only', () => {
  const lines = [10, 20, 30, 40, 50].map((atMs, seq) => reading(atMs, seq));
  const damaged = '60 <! $R,7F3A,5,60,181,0*0000';
  expect(readingsOf(talk(BOOT, ...lines, damaged))).toHaveLength(5);
});

describe('whether the device streams', () => {
  it('ends with STOP, and with a boot', () => {
    const conversation = talk(BOOT, ...stream(100, 10, 100, 3), ...STOP, ...AGAIN);
    const [first, second] = conversation.boots;
    const stop = conversation.asked[1]?.entry ?? 0;
    expect(isTold(conversation, first as never, stop)).toBe(true);
    expect(isTold(conversation, first as never, stop + 2)).toBe(false);
    expect(isTold(conversation, second as never, Infinity)).toBe(false);
    expect([wasStreaming(conversation, first), wasStreaming(conversation, undefined)]).toEqual([
      false,
      false,
    ]);
    expect(wasStreaming(talk(BOOT, ...stream(100, 10, 100, 3), ...AGAIN), first)).toBe(false);
  });

  it('shows in readings of the last 400 ms as well', () => {
    const untold = (atMs: number) => talk(BOOT, reading(100, 0), `${atMs} > @1 PING`);
    const [recent, old] = [untold(499), untold(500)];
    expect([isStreaming(recent, last(recent)), isStreaming(old, last(old))]).toEqual([true, false]);
  });

  it('is known of the boot that has ended', () => {
    const conversation = talk(BOOT, ...stream(100, 10, 100, 3), ...AGAIN);
    expect(wasStreaming(conversation, conversation.boots[0])).toBe(true);
  });
});

describe('startsUnasked', () => {
  const first = (...lines: readonly string[]) => {
    const conversation = talk(...lines);
    return startsUnasked(conversation, conversation.boots[0] as never)?.atMs;
  };

  it('finds the first reading after a boot, or after an answer', () => {
    expect(first(BOOT, reading(100, 0), reading(200, 1))).toBe(100);
    expect(first('10 > @1 PING', '15 < =OK,1,PING,', reading(100, 0))).toBe(100);
  });

  it('does not blame a port that was opened in the middle of a stream', () => {
    expect(first(reading(100, 7), reading(200, 8))).toBeUndefined();
  });

  it('does not blame readings after anything that looks like START', () => {
    expect(first(BOOT, '10 >! start 5*0000', reading(100, 0))).toBeUndefined();
  });
});

describe('findStreams', () => {
  it('cuts at START, at STOP and at the boot', () => {
    const change = ['410 > @2 START 20', '415 < =OK,2,START,20', reading(465, 3)];
    const conversation = talk(BOOT, ...stream(100, 10, 100, 3), ...change, ...STOP, ...AGAIN);
    const found = findStreams(conversation).map((each) => ({
      hz: each.rateHz,
      before: each.before?.text.slice(0, 11),
      times: [each.fromMs, each.untilMs],
      readings: each.readings.length,
    }));
    expect(found).toEqual([
      { hz: 10, before: undefined, times: [105, 410], readings: 3 },
      { hz: 20, before: '@s START 10', times: [415, 500], readings: 1 },
    ]);
    const [one, other] = conversation.boots;
    expect([endOf(conversation, one as never), endOf(conversation, other as never)]).toEqual([
      700, 805,
    ]);
  });

  it('lasts to the boot when nobody stops it, and begins with no START that was refused', () => {
    const open = findStreams(talk(BOOT, ...stream(100, 10, 100, 3), ...AGAIN));
    expect(open.map(({ untilMs }) => untilMs)).toEqual([700]);
    expect(findStreams(talk(BOOT, '100 > @1 START 5', '105 < =ERR,1,4'))).toEqual([]);
  });
});
