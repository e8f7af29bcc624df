import { describe, expect, it } from 'vitest';
import type { Asked, Conversation } from '../../../../device-bench/core/conversation.ts';
import {
  ANSWER_LIMIT_MS,
  isAfterOverload,
  isRepeat,
  isTyped,
  latencyOf,
  outcomeOf,
  plainOutcomes,
  rightCommands,
  specialRule,
  verbIn,
} from '../../../../device-bench/core/judges/answer-rules.ts';
import { BOOT, reading, stream, talk, talkAt } from './talk.ts';

const PINGED = ['100 > @1 PING', '105 < =OK,1,PING,'];

function last({ asked }: Conversation): Asked {
  return asked.at(-1) as Asked;
}

/** What became of the last command. */
function outcome(...lines: readonly string[]): string {
  const conversation = talk(BOOT, ...lines);
  return outcomeOf(conversation, last(conversation));
}

/** What makes the last command special. */
function special(...lines: readonly string[]): string | undefined {
  const conversation = talk(BOOT, ...lines);
  return specialRule(conversation, last(conversation));
}

describe('outcomeOf', () => {
  it('allows 250 ms, and 100 ms for the host', () => {
    expect(ANSWER_LIMIT_MS).toBe(350);
    expect(outcome('100 > @1 PING', '450 < =OK,1,PING,')).toBe('answered');
    expect(outcome('100 > @1 PING', '451 < =OK,1,PING,')).toBe('late');
    expect(outcome('100 > @1 PING', '450 /end')).toBe('unknown');
    expect(outcome('100 > @1 PING', '451 /end')).toBe('silent');
  });

  it('takes off the time of the bytes, of the command and of its answer', () => {
    // 14 bytes go and 18 come, 1 ms each.
    const after = (atMs: number) => talkAt(1, BOOT, '100 > @1 PING', `${atMs} < =OK,1,PING,`);
    expect(latencyOf(after(482), last(after(482)))).toBe(350);
    expect(outcomeOf(after(483), last(after(483)))).toBe('late');
  });

  it('tells a refusal from an =OK that names something else', () => {
    expect(outcome('100 > @1 PING', '105 < =ERR,1,3')).toBe('refused');
    expect(outcome('100 > @1 PING', '105 < =OK,1,PONG,')).toBe('answered');
    expect(outcome('100 > @1 ID?', '105 < =OK,1,PING,')).toBe('refused');
  });

  it('does not blame a device that computes CRCs in its own way for refusing right ones', () => {
    const [ok, refusal] = ['50 <! !HB,7F3A,50*0000', '105 <! =ERR,,1*0000'];
    expect(outcome(ok, '100 > @1 PING', refusal)).toBe('unknown');
    expect(outcome('100 > @1 PING', '105 < =ERR,,1')).toBe('refused');
  });
});

describe('specialRule', () => {
  it.each([
    ['a command like any other', ['100 > @1 PING'], undefined],
    ['a typed one', ['100 >! PING'], 'STL-CMD-006'],
    [
      'one after a refused line',
      ['100 > @1 JUMP', '105 < =ERR,1,3', '200 > @2 PING'],
      'STL-ERR-007',
    ],
    ['the same again', [...PINGED, '200 > @2 PING'], 'STL-CMD-008'],
    ['the same, typed', [...PINGED, '200 >! PING'], 'STL-CMD-006'],
    ['the same without an answer in between', ['100 > @1 PING', '200 > @2 PING'], undefined],
    ['one in a stream', [...stream(100, 10, 100, 2), '400 > @2 PING'], 'STL-STREAM-006'],
    [
      'one in an overload after which nothing is answered',
      ['50 /overload', ...stream(100, 10, 100, 2), '400 > @2 PING'],
      'STL-OVER-003',
    ],
    [
      'one behind the STOP of an overload',
      ['50 /overload', '60 > @1 STOP', '65 < =OK,1,STOP,0', '70 > @2 PING', '75 < =OK,2,PING,'],
      'STL-OVER-003',
    ],
  ])('is known of %s', (_what, lines, rule) => {
    expect(special(...lines)).toBe(rule);
  });

  it('is that of a stream where the device answers again later in the overload', () => {
    const lines = ['50 /overload', ...stream(100, 10, 100, 2), '400 > @2 PING', '900 > @3 ID?'];
    const conversation = talk(BOOT, ...lines, '905 < =OK,3,PING,');
    expect(specialRule(conversation, conversation.asked[1] as Asked)).toBe('STL-STREAM-006');
  });
});

it('what is said after STOP behind a flagged reading is said after an overload, up to the next START', () => {
  const flagged = [...stream(100, 10, 100, 1), reading(400, 3, 400, 4), '410 > @2 STOP'];
  const stopped = talk(BOOT, ...flagged, '415 < =OK,2,STOP,4', '500 > @3 PING');
  expect(isAfterOverload(stopped, last(stopped))).toBe(true);
  const started = talk(BOOT, ...flagged, '415 < =OK,2,STOP,4', '500 > @3 START 5', '600 > @4 PING');
  expect(isAfterOverload(started, last(started))).toBe(false);
  const errors = talk(BOOT, ...flagged, '415 < =OK,2,STOP,4', '450 /errors', '500 > @3 PING');
  expect(isAfterOverload(errors, last(errors))).toBe(false);
});

it('a repeat is the same command in the same spelling, whatever its tag', () => {
  const repeats = (...lines: readonly string[]) => isRepeat(last(talk(BOOT, ...PINGED, ...lines)));
  expect([repeats('200 > @2 PING'), repeats('200 > @2 STOP'), repeats('200 >! PING')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(isTyped(last(talk(BOOT, '1 >! PING')))).toBe(true);
  expect(verbIn(last(talk(BOOT, '1 > @1 ID?')))).toBe('ID?');
  expect(verbIn(last(talk(BOOT, '1 > @1 JUMP')))).toBe('');
});

it('a command that came before the boot, or was the first try, is not held against the device', () => {
  const early = talk('10 > @1 PING', '50 < !BOOT,7F3A,PWR', '2000 > @2 PING', '2005 < =OK,2,PING,');
  expect(rightCommands(early)).toHaveLength(1);
  const tried = ['60 /identify', '100 > @1 ID?', '1400 > @2 PING', '1405 < =OK,2,PING,'];
  expect(rightCommands(talk(BOOT, ...tried))).toHaveLength(1);
  expect(rightCommands(talk(BOOT, ...tried.slice(1)))).toHaveLength(2);
});

it('knows the verbs that plain commands were refused with, in vain or late', () => {
  const refused = talk(BOOT, '100 > @1 PING', '105 < =ERR,1,3', '200 > @2 STOP', '900 /end');
  expect([...plainOutcomes(refused, 'refused')]).toEqual(['PING']);
  expect([...plainOutcomes(refused, 'silent')]).toEqual(['STOP']);
});
