import { describe, expect, it } from 'vitest';
import { answeredCommands } from '../../../../device-bench/core/judges/answers.ts';
import { BOOT, broken, chances, stream, talk } from './talk.ts';

/** A command that is answered after so many ms. */
function pingAfter(latencyMs: number): readonly string[] {
  return [BOOT, '100 > @1 PING', `${100 + latencyMs} < =OK,1,PING,`];
}

describe('the judge of latency', () => {
  it.each([
    [249, []],
    [350, []],
    [351, ['STL-CMD-003']],
  ])('judges an answer after %d ms', (latencyMs, due) => {
    expect(broken(...pingAfter(latencyMs))).toEqual(due);
    expect(chances('STL-CMD-003', ...pingAfter(latencyMs))).toBe(1);
  });

  it('judges refusals as well, and no command in a stream', () => {
    expect(broken(BOOT, '100 > @1 JUMP', '451 < =ERR,1,3')).toEqual(['STL-CMD-003']);
    const inStream = [BOOT, ...stream(100, 10, 100, 2), '400 > @2 PING', '751 < =OK,2,PING,'];
    expect(broken(...inStream)).toEqual(['STL-STREAM-006']);
    expect(chances('STL-CMD-003', ...inStream)).toBe(1);
  });

  it('has no chance where nothing is answered', () => {
    expect(chances('STL-CMD-003', BOOT, '100 > @1 PING', '900 /end')).toBe(0);
  });
});

describe('the judge of answers', () => {
  it('waits 350 ms before it calls a command unanswered', () => {
    expect(broken(BOOT, '100 > @1 PING', '450 /end')).toEqual([]);
    expect(chances('STL-CMD-001', BOOT, '100 > @1 PING', '450 /end')).toBe(0);
    expect(broken(BOOT, '100 > @1 PING', '451 /end')).toEqual(['STL-CMD-001']);
  });

  it('leaves SYNC to its own rule', () => {
    expect(broken(BOOT, '100 > @1 SYNC 7', '900 /end')).toEqual(['STL-SYNC-001']);
  });
});

describe('the judges of special commands', () => {
  const typed = (...answers: readonly string[]) =>
    broken(BOOT, '100 >! PING', ...answers, '900 /end');
  const answered = ['1000 > @1 PING', '1005 < =OK,1,PING,', '2000 /end'];

  it('hold silence against what is special', () => {
    expect(typed()).toEqual(['STL-CMD-006']);
    expect(typed('105 < =ERR,,1')).toEqual(['STL-CMD-006']);
    const after = ['100 > @2 JUMP', '105 < =ERR,2,3', '200 > @3 PING', '900 /end'];
    expect(broken(BOOT, ...after, ...answered)).toEqual(['STL-ERR-007']);
  });

  it('blame nothing special for a command that is never answered', () => {
    const never = ['100 > @1 PING', '1000 >! PING', '2000 > @2 JUMP', '2005 < =ERR,2,3'];
    expect(broken(BOOT, ...never, '3000 > @3 PING', '4000 /end')).toEqual(['STL-CMD-001']);
  });

  it('let a device refuse SYNC in a stream that it does not offer', () => {
    const refused = ['410 > @2 SYNC 7', '415 < =ERR,2,3', '900 > @3 STOP', '905 < =OK,3,STOP,2'];
    const inStream = [...stream(100, 10, 100, 2), ...refused];
    expect(broken(BOOT, '50 > @0 CAPS?', '55 < =CAPS,0,R200,', ...inStream)).toEqual([]);
    expect(broken(BOOT, '50 > @0 CAPS?', '55 < =CAPS,0,R200,SYNC', ...inStream)).toContain(
      'STL-STREAM-006',
    );
  });

  it('judge time only where the device is busy', () => {
    expect(broken(BOOT, '100 >! PING', '500 < =OK,,PING,')).toEqual(['STL-CMD-003']);
  });
});

it('gives commands with their answers, and what makes them special', () => {
  const lines = ['100 > @1 PING', '105 < =OK,1,PING,', '200 >! STOP', '205 < =OK,,STOP,0'];
  const conversation = talk(BOOT, ...lines, '300 > @2 PING', '900 /end');
  const commands = answeredCommands(conversation, ['PING', 'STOP']);
  expect(commands.map(({ text, rule }) => [text.replace(/\*.*/, ''), rule])).toEqual([
    ['@1 PING', undefined],
    ['STOP', 'STL-CMD-006'],
  ]);
});
