import { describe, expect, it } from 'vitest';
import { readTranscript } from '../../../device-bench/core/conversation.ts';
import type { Conversation } from '../../../device-bench/core/conversation.ts';
import type { Transcript } from '../../../device-bench/core/transcript.ts';
import { frameLine } from '../../../firmware-protocol/framing.ts';
import { tellTranscript } from './told-transcript.ts';

const BOOT = '!BOOT,7F3A,PWR';
const PONG = ['> PING', '=OK,,PING,'];

const told = (...lines: readonly string[]): Conversation =>
  readTranscript(tellTranscript(...lines), 0);

/** The entries of lines that count. */
const counting = (...lines: readonly string[]): number[] =>
  told(...lines).heard.map(({ entry }) => entry);

const reading = (seq: number): string => `$R,7F3A,${seq},${seq},1,0`;

describe('what was asked', () => {
  it('is each line with its act, boot, due answer, answers, and the line before', () => {
    const { asked, boots } = told('/commands', ...PONG, '/restart', '> ', 'reset', ...PONG);
    const [ping, empty, second] = asked;
    expect(asked.map(({ entry, text, act }) => [entry, text, act])).toEqual([
      [1, 'PING', 'commands'],
      [4, '', 'restart'],
      [6, 'PING', 'restart'],
    ]);
    expect(asked.map(({ due }) => due.kind)).toEqual(['command', 'nothing', 'command']);
    expect(asked.map(({ answers }) => answers.length)).toEqual([1, 0, 1]);
    expect([ping?.boot, empty?.boot, second?.boot]).toEqual([boots[0], boots[0], boots[1]]);
    expect([ping?.before, empty?.before, second?.before]).toEqual([undefined, ping, undefined]);
  });

  it('is a line when its LF is sent, however many writes it takes', () => {
    const sent = (bytes: string, atMs: number): Transcript[number] => ({
      kind: 'sent',
      atMs,
      bytes,
    });
    const { asked } = readTranscript(
      [sent('PI', 1), sent('NG\n\nST', 2), sent('OP\r\n', 3), sent('ID?', 4)],
      0,
    );
    expect(asked.map(({ text, atMs }) => [text, atMs])).toEqual([
      ['PING', 2],
      ['', 2],
      ['STOP', 3],
    ]);
  });

  it('counts the bytes up to the end of a line, as a device may answer before the rest has come', () => {
    const { asked } = readTranscript([{ kind: 'sent', atMs: 0, bytes: 'A*\nPING\r\n' }], 1);
    expect(asked.map(({ bytes }) => bytes)).toEqual([3, 9]);
  });
});

describe('what was heard', () => {
  it('counts from the boot on, unless its line is torn', () => {
    expect(counting('/greet', '#rom', BOOT, '#ready')).toEqual([2, 3]);
    const torn = `$R,7F${frameLine(BOOT).trimEnd()}`;
    expect(counting('/greet', '#rom', torn, '#ready')).toEqual([3]);
  });

  it('does not count the end of a line that began before the kit', () => {
    expect(counting('/greet', '3A,1,2,3,0*ABCD', '#ready')).toEqual([2]);
    expect(counting('/commands', '#one', '#two')).toEqual([1, 2]);
  });

  it('does not count what was being sent when the device was restarted', () => {
    expect(counting('/restart', '#a', 'reset', '$R,7F', '!BOOT,0001,RST', '#b')).toEqual([1, 4, 5]);
  });

  it('does not count a line that the end of the kit has cut off', () => {
    const rest = { kind: 'received', fromMs: 99, atMs: 99, bytes: '$R,7F3A,' } as const;
    const transcript = tellTranscript('/stream', reading(0), reading(1));
    const entriesOf = ({ heard }: Conversation): number[] => heard.map(({ entry }) => entry);
    expect(entriesOf(readTranscript([...transcript, rest], 0))).toEqual([1, 2]);
    expect(
      entriesOf(readTranscript([...transcript, rest, { kind: 'closed', atMs: 100 }], 0)),
    ).toEqual([1, 2]);
    expect(entriesOf(readTranscript([...transcript, { ...rest, bytes: '#x\n' }], 0))).toEqual([
      1, 2, 3,
    ]);
  });

  it('is all there, whether it counts or not', () => {
    expect(told('/greet', '#rom', BOOT).all.map(({ entry }) => entry)).toEqual([1, 2]);
  });

  it('has values where the CRC is right, or where it never is', () => {
    const right = [0, 1, 2, 3, 4, 5].map(reading);
    const wrong = right.map((line) => `${line}*0000`);
    const few = told('/stream', '#x', ...right, wrong[0] ?? '');
    expect([few.hasWrongCrcs, few.values.length]).toEqual([false, 6]);
    const all = told('/stream', '#x', ...wrong);
    expect([all.hasWrongCrcs, all.values.length]).toEqual([true, 7]);
  });
});

describe('what a device says of itself', () => {
  it('is its first =CAPS', () => {
    const { capabilities } = told('/x', '=CAPS,a,R100,SYNC', '=CAPS,b,R200,');
    expect(capabilities).toEqual({ maxRateHz: 100, options: ['SYNC'] });
  });

  it('is unknown where it was not said, or cannot be read', () => {
    expect(told(...PONG).capabilities).toEqual({ maxRateHz: undefined, options: undefined });
    expect(told('/x', '=CAPS,a,100,').capabilities).toEqual({ maxRateHz: undefined, options: [] });
  });
});

it('ends with its last entry, and is empty for an empty transcript', () => {
  expect(told('/a', '#x').endMs).toBe(20);
  expect(readTranscript([], 1)).toMatchObject({ heard: [], asked: [], endMs: 0, byteMs: 1 });
});
