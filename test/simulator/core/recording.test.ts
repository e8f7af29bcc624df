import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatRecordedLine,
  formatRecordingEnd,
  formatRecordingHeader,
} from '../../../simulator/core/recording.ts';
import type { RecordedLine } from '../../../simulator/core/recording.ts';
import { readRecording } from '../../../simulator/core/recording-reader.ts';

const HEADER = { baud: 57_600, serial: undefined, model: 'ST-1', firmware: undefined };
const LINE: RecordedLine = {
  ms: 12.3456,
  firstMs: 11,
  from: 'device',
  bytes: '#é\u0000\u007f\r\n',
};

describe('the text of a recording', () => {
  it('has a header that says what it is, and no time of day', () => {
    expect(JSON.parse(formatRecordingHeader(HEADER))).toEqual({
      format: 'stedi-recording',
      version: 1,
      about: expect.stringContaining('since the recording began') as string,
      baud: 57_600,
      serial: null,
      model: 'ST-1',
      firmware: null,
    });
  });

  it('is ASCII, and times have µs', () => {
    expect(formatRecordedLine(LINE)).toBe(
      String.raw`{"ms":12.346,"firstMs":11,"from":"device","bytes":"#\u00e9\u0000\u007f\r\n"}` +
        '\n',
    );
    expect(formatRecordedLine({ ...LINE, firstMs: 12.3461 })).not.toContain('firstMs');
    expect(formatRecordingEnd(30_000.00049)).toBe('{"ms":30000,"end":true}\n');
  });

  it('gives back every byte', () => {
    const bytes = fc
      .array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 60 })
      .map((codes) => String.fromCharCode(...codes));
    const times = fc.nat(1_000_000).map((us) => us / 1000);
    fc.assert(
      fc.property(bytes, times, times, (text, firstMs, laterMs) => {
        const line: RecordedLine = {
          ms: Math.round((firstMs + laterMs) * 1000) / 1000,
          firstMs,
          from: 'host',
          bytes: text,
        };
        const file = formatRecordingHeader(HEADER) + formatRecordedLine(line);
        const read = readRecording(file);
        expect(read.kind === 'recording' && read.recording).toEqual({
          header: HEADER,
          lines: [line],
          durationMs: line.ms,
          complete: false,
        });
      }),
    );
  });
});
