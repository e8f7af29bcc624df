import { describe, expect, it } from 'vitest';
import { readTranscript } from '../../../device-bench/core/conversation.ts';
import { tellTranscript } from './told-transcript.ts';

/** For each line that was sent: the entries of what is held for its answers. */
function matched(...lines: readonly string[]): readonly (readonly number[])[] {
  const { asked } = readTranscript(tellTranscript('/commands', '#begin', ...lines), 0);
  // The act and the text in front are entries, too.
  return asked.map(({ answers }) => answers.map(({ entry }) => entry - 2));
}

describe('matchAnswers', () => {
  it('finds the command of each response of a retried command, in whatever order they come', () => {
    expect(matched('> @a PING', '> @b PING', '=OK,b,PING,', '=OK,a,PING,')).toEqual([[3], [2]]);
    expect(matched('> @a PING', '+1200', '> @b PING', '=OK,b,PING,')).toEqual([[], [2]]);
    expect(matched('> @a PING', '+1200', '=OK,a,PING,', '> @b PING', '=OK,b,PING,')).toEqual([
      [1],
      [3],
    ]);
  });

  it('holds a second response against the command of its tag and kind', () => {
    const reused = ['> @a PING', '=OK,a,PING,', '> @a STOP', '=OK,a,STOP,0', '=OK,a,PING,'];
    expect(matched(...reused)).toEqual([[1, 4], [3]]);
    expect(matched('> @a PING', '=OK,a,PING,', '> @b PING', '=OK,b,PING,', '=OK,a,PING,')).toEqual([
      [1, 4],
      [3],
    ]);
  });

  it('gives an untagged response to the last untagged command of its kind', () => {
    expect(matched('> STOP', '> PING', '=OK,,STOP,0', '=OK,,PING,')).toEqual([[2], [3]]);
    expect(matched('> PING', '> PING', '=OK,,PING,')).toEqual([[], [2]]);
    expect(matched('> PING', '> PING', '=OK,,PING,', '=OK,,PING,')).toEqual([[3], [2]]);
  });

  it('takes a response with a wrong tag, a wrong verb or neither right for that of the open command', () => {
    expect(matched('> @a PING', '=OK,zz,PING,')).toEqual([[1]]);
    expect(matched('> @a PING', '=OK,,PING,')).toEqual([[1]]);
    expect(matched('> @a PING', '=OK,a,STOP,0')).toEqual([[1]]);
    expect(matched('> @a PING', '=ERR,b,3')).toEqual([[1]]);
    expect(matched('> @a STOP', '> @b PING', '=OK,c,STOP,0')).toEqual([[2], []]);
  });

  it('prefers the command whose tag is right to the open one', () => {
    expect(matched('> @a PING', '> @b PING', '=OK,x,PING,', '=OK,b,PING,')).toEqual([[2], [3]]);
  });

  it('holds an untagged response to an empty line against it, and nothing else', () => {
    expect(matched('> @a PING', '=OK,a,PING,', '> ', '=ERR,,3')).toEqual([[1], [3]]);
    expect(matched('> @a PING', '=OK,a,PING,', '> ', '=OK,a,PING,')).toEqual([[1, 3], []]);
  });

  it('gives nothing to commands that are long past, of another boot, or yet to come', () => {
    expect(matched('> @a PING', '+6000', '=OK,a,PING,')).toEqual([[]]);
    expect(matched('> @a PING', '+5900', '=OK,a,PING,')).toEqual([[1]]);
    expect(matched('> @a PING', 'reset', '=OK,a,PING,')).toEqual([[]]);
    expect(matched('=OK,a,PING,', '> @a PING')).toEqual([[]]);
    const others = Array.from({ length: 6 }, (_, index) => `> @b${index} PING`);
    expect(matched('> @a PING', ...others, '=OK,a,PING,')[0]).toEqual([]);
    expect(matched('> @a PING', ...others.slice(1), '=OK,a,PING,')[0]).toEqual([6]);
  });
});
