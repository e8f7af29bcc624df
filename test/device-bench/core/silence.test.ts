import { describe, expect, it } from 'vitest';
import { readLine } from '../../../device-bench/core/read-line.ts';
import { describeSilence } from '../../../device-bench/core/silence.ts';

const SENT = ['@k1 ID?*5C5B\r\n', 'ID?\r\n'];

describe('describeSilence', () => {
  it.each([
    ['nothing', [], '', /sends nothing/],
    ['a heartbeat', ['!HB,7F3A,4000*B213\r\n'], '', /answers no command/],
    ['mostly bytes that are no text', ['\xff\x80\x9fab\n'], '', /baud rate/],
    ['such bytes without any line end', [], '\xff\x80\x9f', /baud rate/],
    ['a prompt', ['login:\r\n', 'caf\xe9 at 5 o clock\r\n'], '> ', /sends text.*"login:"/],
    ['text without a line end', [], 'ready> ', /sends text.*"ready>"/],
    ['a line without an end', ['x'.repeat(99)], '', /"x{60}…"/],
    ['what was sent', ['@k1 ID?*5C5B\r\n', '\r\n', 'ID?\r\n'], '', /sent: a loopback.*modem\.$/],
    ['what was sent, and more', ['> ID?\r\n', 'ERROR\r\n'], '', /loopback.* it says "ERROR"\.$/],
    ['frames without a line end', [], '!BOOT,7F3A,PWR*1B60!HB,7F3A,9*AAAA', /LF is missing/],
    ['one frame without a line end', [], '=ERR,,7*0000', /no line ever ends/],
    ['empty lines', ['\r\n', '\n'], '', /empty lines/],
  ])('knows a device that says %s', (_what, lines, unfinished, words) => {
    const heard = lines.map((bytes) => ({ ...readLine(bytes), atMs: 0, bytes }));
    expect(describeSilence(heard, unfinished, SENT)).toMatch(words);
  });
});
