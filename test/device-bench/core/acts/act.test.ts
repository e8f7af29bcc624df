import { expect, it } from 'vitest';
import { isFramed, isReading, responseOf, wait } from '../../../../device-bench/core/acts/act.ts';
import type { ReceivedLine } from '../../../../device-bench/core/acts/act.ts';
import { readLine } from '../../../../device-bench/core/read-line.ts';
import { frameLine } from '../../../../firmware-protocol/framing.ts';

function line(bytes: string): ReceivedLine {
  return { ...readLine(bytes), atMs: 0, bytes };
}
const PONG = line(frameLine('=OK,1,PING,'));
const READING = line(frameLine('$R,7F3A,0,9,181,0'));
const TEXT = line('#ready\r\n');

it('wait yields one step, and gives what happened', () => {
  const nothing = { nowMs: 0, lines: [], met: undefined, unfinished: '' };
  const happening = { nowMs: 5, lines: [PONG], met: PONG, unfinished: '$R,' };
  const waiting = wait(300, isReading);
  expect(waiting.next(nothing)).toEqual({
    done: false,
    value: { kind: 'wait', ms: 300, until: isReading },
  });
  expect(waiting.next(happening)).toEqual({ done: true, value: happening });
  const plain = wait(300).next(nothing);
  expect(plain.value).toEqual({ kind: 'wait', ms: 300 });
});

it('tells responses, readings and frames apart', () => {
  expect([PONG, READING, TEXT, undefined].map((each) => responseOf(each)?.kind)).toEqual([
    'ok',
    undefined,
    undefined,
    undefined,
  ]);
  expect([PONG, READING, TEXT, line('what\r\n')].map(isFramed)).toEqual([true, true, false, false]);
  expect([PONG, READING, TEXT].map(isReading)).toEqual([false, true, false]);
});
