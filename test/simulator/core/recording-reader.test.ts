import { describe, expect, it } from 'vitest';
import {
  formatRecordedLine,
  formatRecordingEnd,
  formatRecordingHeader,
} from '../../../simulator/core/recording.ts';
import { readRecording } from '../../../simulator/core/recording-reader.ts';
import { streamed } from './recorded-device.ts';

const RECORDING = streamed(3);
const HEADER = formatRecordingHeader(RECORDING.header);
const LINES: string[] = RECORDING.lines.map(formatRecordedLine);
const WHOLE: string = HEADER + LINES.join('') + formatRecordingEnd(900);

const problem = (text: string): unknown => {
  const read = readRecording(text);
  return read.kind === 'invalid' ? `${read.line}: ${read.problem}` : read;
};

describe('a recording that is read', () => {
  it('is what was recorded', () => {
    expect(readRecording(WHOLE)).toEqual({
      kind: 'recording',
      recording: { ...RECORDING, durationMs: 900 },
    });
  });

  it('is good as far as it goes, wherever a crash has cut it off', () => {
    for (let length = HEADER.length; length < WHOLE.length; length++) {
      const read = readRecording(WHOLE.slice(0, length));
      const recording = read.kind === 'recording' ? read.recording : undefined;
      expect(recording?.complete).toBe(false);
      expect(recording?.lines).toEqual(RECORDING.lines.slice(0, recording?.lines.length));
    }
    const cut = readRecording(HEADER + LINES.join(''));
    expect(cut).toMatchObject({ recording: { lines: RECORDING.lines, durationMs: 240 } });
  });

  const header = JSON.parse(HEADER) as object;
  const withHeader = (change: object): string => `${JSON.stringify({ ...header, ...change })}\n`;
  const row = (change: object): string =>
    `${JSON.stringify({ ms: 1, from: 'device', bytes: 'x', ...change })}\n`;
  it.each([
    ['', /^1: it must hold "format"/],
    ['hello\n', /^1: it must hold "format"/],
    [HEADER.slice(0, 40), /^1: it must hold "format"/],
    [withHeader({ version: 2 }), /^1: version 2 is not known, only 1/],
    [withHeader({ baud: '9600' }), /^1: "baud" must be a number from 300/],
    [withHeader({ serial: 7 }), /^1: "serial", "model" and "firmware"/],
    [withHeader({ firmware: 'x'.repeat(50) }), /^1: "serial", "model" and "firmware"/],
    [`${HEADER}nonsense\n${row({})}`, /^2: it is not a JSON object/],
    [`${HEADER}7\n`, /^2: it is not a JSON object/],
    [HEADER + row({}) + row({ ms: 0.5 }), /^3: "ms" must be a number from 1 to/],
    [HEADER + row({ ms: null }), /^2: "ms" must be/],
    [HEADER + row({ ms: -1 }), /^2: "ms" must be/],
    [HEADER + row({ ms: 1e12 }), /^2: "ms" must be/],
    [HEADER + row({ firstMs: 2 }), /^2: "firstMs" must be/],
    [HEADER + row({ from: 'cable' }), /^2: "from" must be/],
    [HEADER + row({ bytes: '' }), /^2: "bytes" must be a text/],
    [HEADER + row({ bytes: '☃' }), /^2: "bytes" must be a text/],
    [HEADER + row({ bytes: 'x'.repeat(1025) }), /^2: "bytes" holds 1025 bytes/],
    [WHOLE + row({ ms: 901 }), /: there is more after the end/],
  ])('tells what is wrong, and in which line: %j', (text, expected) => {
    expect(problem(text)).toMatch(expected);
  });

  it('has room for what later versions add to an entry', () => {
    expect(problem(HEADER + row({ note: 'more' }))).toMatchObject({ kind: 'recording' });
  });
});
